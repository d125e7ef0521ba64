"""The segments and composites of the X12 standard, version 005010: which data element stands where.

A guide (one table a transaction) says of each place only whether it is required and which codes it takes. Numbers are
data elements, names starting with ``C`` composites. After the bar: the syntax notes, letters as in X12.6 (P all or
none, R at least one, E at most one, C if the first then all, L if the first then at least one).
Source: X12 segment directory 005010, facts only; compared with the maps of pyx12 4.0.0.
"""

from __future__ import annotations

from typing import Literal

from clinic.domain.value import Value


class Note(Value, frozen=True):
    """A syntax note: how the elements at these places depend on each other."""

    kind: Literal["P", "R", "E", "C", "L"]
    places: tuple[int, ...]


class StandardSegment(Value, frozen=True):
    """A segment as the standard has it: data elements or composites in order, and the notes that bind them."""

    id: str
    elements: tuple[str, ...]
    notes: tuple[Note, ...] = ()


_COMPOSITES = """
C001 355 1018 649 355 1018 649 355 1018 649 355 1018 649 355 1018 649
C002 704 704 704 704 704
C003 235 234 1339 1339 1339 1339 352 234
C004 1328 1328 1328 1328
C005 1369 1369 1369 1369 1369
C006 1361 1361 1361 1361 1361
C022 1270 1271 1250 1251 782 380 799 1271 1073
C023 1331 1332 1325
C024 1362 1362 1362 156 26
C035 1222 559 1073
C040 128 127 128 127 128 127
C056 1109 1270 1271
"""

_SEGMENTS = """
ST 143 329 1705
BHT 1005 353 127 373 337 640
NM1 98 1065 1035 1036 1037 1038 1039 66 67 706 98 1035 | P0809 C1110 C1203
PER 366 93 365 364 365 364 365 364 443 | P0304 P0506 P0708
HL 628 734 735 736
PRV 1221 128 127 156 C035 1223 | P0203
CUR 98 100 280 98 100 669 374 373 337 374 373 337 374 373 337 374 373 337 374 373 337
N3 166 166
N4 19 156 116 26 309 310 1715 | E0207 C0605 C0704
REF 128 127 352 C040 | R0203
SBR 1138 1069 127 93 1336 1143 1073 584 1032
PAT 1069 1384 584 1220 1250 1251 355 81 1073 | P0506 P0708
DMG 1250 1251 1068 1067 C056 1066 26 659 380 1270 1271 | P0102 P1011 C1105
CLM 1028 782 1032 1343 C023 1073 1359 1073 1363 1351 C024 1366 1073 1338 1073 1360 1029 1073 1383 1514
DTP 374 1250 1251
DN1 380 380 1073 352
DN2 127 1368 380 1250 1251 1270 | P0405
PWK 755 756 757 98 66 67 352 C002 1525 | P0506
CN1 1166 782 332 127 338 799
AMT 522 782 478
K3 449 1333 C001
NTE 363 352
CR1 355 81 1316 1317 355 380 166 166 352 352 | P0102 P0506
CR2 609 380 1367 1367 355 380 380 1342 1073 352 352 1073 | P0102 C0403 P0506
CR3 1322 355 380 1335 352 | P0203
CRC 1136 1073 1321 1321 1321 1321 1321
HI C022 C022 C022 C022 C022 C022 C022 C022 C022 C022 C022 C022
HCP 1473 782 782 127 118 127 782 234 235 234 355 380 901 1526 1527 | R0113 P0910 P1112
CAS 1033 1034 782 380 1034 782 380 1034 782 380 1034 782 380 1034 782 380 1034 782 380 | L050607 C0605 C0705 \
L080910 C0908 C1008 L111213 C1211 C1311 L141516 C1514 C1614 L171819 C1817 C1917
OI 1032 1383 1073 1351 1360 1363
MOA 954 782 127 127 127 127 127 782 782
LX 554
SV1 C003 782 355 380 1331 1365 C004 782 1073 1340 1073 1073 1364 1341 1327 1334 127 116 782 1337 1360 | P0304
SV3 C003 782 1331 C006 1358 380 352 1327 1360 1073 C004
TOO 1270 1271 C005 | P0102
SV5 C003 355 380 782 782 594 923 | R0405 C0604
QTY 673 380 C001 61 | R0204 E0204
MEA 737 738 739 C001 740 741 935 936 752 1373 1270 1271 | R03050608 L050412 L060412 L07030506 E0803 P1112
PS1 127 782 156
LIN 350 235 234 235 234 235 234 235 234 235 234 235 234 235 234 235 234 235 234 235 234 235 234 235 234 235 234 \
235 234 235 234 | P0405
CTP 687 236 212 380 C001 648 649 782 639 499 289 | P0405 C0607 C0902 C1002 C1103
SVD 67 782 C003 234 380 554
LQ 1270 1271 | C0102
FRM 350 1073 127 373 332 | R02030405
SE 96 329
"""


def _note(text: str) -> Note:
    places = tuple(int(text[at : at + 2]) for at in range(1, len(text), 2))
    return Note(text[0], places)  # type: ignore[arg-type]  # a test holds the letters to the five


def _segment(line: str) -> StandardSegment:
    elements, _, notes = line.partition("|")
    name, *places = elements.split()
    return StandardSegment(name, tuple(places), tuple(_note(note) for note in notes.split()))


COMPOSITES: dict[str, tuple[int, ...]] = {
    line.split()[0]: tuple(map(int, line.split()[1:])) for line in _COMPOSITES.strip().splitlines()
}
SEGMENTS: dict[str, StandardSegment] = {
    segment.id: segment for segment in map(_segment, _SEGMENTS.strip().splitlines())
}
