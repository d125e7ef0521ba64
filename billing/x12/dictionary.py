"""The data elements of the X12 standard, version 005010: number, type, shortest and longest.

A guide only narrows what stands here (which codes, whether required); lengths and types come from the standard and
are the same in every transaction. Source: X12.3 data element dictionary 005010, facts only; compared with the
element table of pyx12 4.0.0.
"""

from __future__ import annotations

from typing import Literal

from clinic.domain.value import Value

ElementType = Literal["AN", "ID", "N0", "R", "DT", "TM"]
"""Text, code, integer, decimal, date, time (X12.6)."""

AMOUNT = 782
"""Monetary amount: the standard allows 18 digits, the HIPAA guides ten, cents included (X222A1 section B.1.1.3.1.2)."""

AMOUNT_DIGITS = 8
"""Digits before the point of a monetary amount."""

FORMAT_QUALIFIER = 1250
DATE_TEXT = 1251
"""Whose form the element before it names: D8 one day, RD8 a span of days."""


class DataElement(Value, frozen=True):
    """One entry of the dictionary. Lengths count characters; in numbers, digits without sign and point."""

    number: int
    type: ElementType
    shortest: int
    longest: int


_ENTRIES = """
AN 1 2: 1331 1341
AN 1 10: 499 1038 1039
AN 1 12: 480 628 734
AN 1 20: 350 443
AN 1 25: 1037
AN 1 30: 61 310 799 1271
AN 1 35: 1036 1251 1705
AN 1 38: 1028
AN 1 48: 234
AN 1 50: 127
AN 1 55: 166
AN 1 60: 93 1035
AN 1 80: 352 449
AN 1 256: 364
AN 2 2: 1339
AN 2 15: 124 142
AN 2 30: 19
AN 2 80: 67
AN 4 9: 329
DT 8 8: 373
ID 1 1: 478 594 736 923 1065 1067 1068 1073 1138 1143 1220 1316 1317 1322 1325 1327 1334 1335 1337 1342 1351 1358
ID 1 1: 1359 1360 1363 1384
ID 1 2: 66 309 455 659 735 756 1029 1032 1033 1066 1332 1333 1340 1343 1364 1365 1368 1369 1514 1525 1526 1527
ID 1 3: 522 738 1221 1270 1336 1361 1338 1715
ID 1 5: 1034
ID 2 2: 156 235 353 355 365 366 479 584 639 640 673 687 706 737 752 755 901 935 936 1069 1136 1166 1383 1473
ID 2 3: 26 98 128 1250 1321 1362 1366 1367
ID 2 4: 1373
ID 3 3: 100 143 236 363 374 648 669 1223
ID 3 15: 116
ID 4 4: 1005
N0 1 2: 289 757 1328
N0 1 6: 97 554
N0 1 9: 28 609
N0 1 10: 96
R 1 6: 332 338
R 1 9: 118
R 1 10: 81 649 954
R 1 15: 380 1018
R 1 17: 212
R 1 18: 782
R 1 20: 739 740 741
R 4 10: 280
TM 4 8: 337
"""


def _read(entries: str) -> dict[int, DataElement]:
    found: dict[int, DataElement] = {}
    for line in entries.strip().splitlines():
        head, numbers = line.split(":")
        kind, shortest, longest = head.split()
        for number in map(int, numbers.split()):
            found[number] = DataElement(number, kind, int(shortest), int(longest))  # type: ignore[arg-type]  # a test reads all types
    return found


DICTIONARY: dict[int, DataElement] = _read(_ENTRIES)
