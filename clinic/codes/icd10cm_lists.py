"""The plain lists of ICD-10-CM codes that CMS publishes beside the tabular list.

``icd10cm-order-YYYY.txt``: 1-5 a running number, 7-13 the code without its dot, 15 whether it may stand on a claim (1)
or heads others (0), 17-76 the short description, from 78 the long one. A code stands behind the one that heads it.
``icd10cm-codes-YYYY.txt``: 1-7 the code, from 9 its description; only codes that may stand on a claim.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from clinic.codes.release import Contents, Row
from clinic.codes.source_file import SourceFile
from clinic.domain.refusal import Refused
from clinic.domain.words import N_

_CODE = re.compile(r"[A-Z][0-9A-Z]{2,6}")
_REMEDY = N_("Take the file as its publisher offers it.")


def read_order(file: SourceFile) -> Contents:
    """Codes and headers of an order file.

    Raises:
        Refused: a line is not of the layout, or a code stands twice, with line and column.
    """
    heads: list[str] = []

    def row(text: str, refuse: Callable[..., Refused]) -> Row:
        if not text[:5].isdigit() or text[14:15] not in {"0", "1"}:
            raise refuse(N_("this line is not of the order file."), "1-15")
        value, long = text[6:13].strip(), text[77:].strip()
        while heads and not value.startswith(heads[-1]):
            heads.pop()
        parent = heads[-1] if heads else None
        if parent is None and len(value) != 3:
            raise refuse(N_("%(code)s stands under a code it does not belong to."), "7-13", code=value)
        header = text[14] == "0"
        if header:
            heads.append(value)
        short = text[16:76].strip()
        return Row(
            value=value,
            display=long or short,
            billable=not header,
            parent=parent,
            facts=(("short", short),) if short and short != long else (),
        )

    return _rows(file, row, slice(6, 13))


def read_codes(file: SourceFile) -> Contents:
    """Codes of a codes file: none of its headers, so that one of those is unknown here.

    Raises:
        Refused: as ``read_order``.
    """

    def row(text: str, _refuse: Callable[..., Refused]) -> Row:
        return Row(value=text[:7].strip(), display=text[8:].strip(), billable=True)

    return _rows(file, row, slice(7))


def is_order(first: str) -> bool:
    """Whether a first line is an order file's."""
    return first[:5].isdigit() and first[5:6] == " "


def _rows(file: SourceFile, row: Callable[[str, Callable[..., Refused]], Row], place: slice) -> Contents:
    rows: dict[str, Row] = {}
    columns = f"{(place.start or 0) + 1}-{place.stop}"
    for number, line in enumerate(file.lines(), 1):
        text = line.rstrip("\r\n")
        if not text.strip():
            continue

        def refuse(what: str, where: str, number: int = number, **params: str | int) -> Refused:
            return Refused(what, where=f"{file.name}, line {number}, {where}", remedy=_REMEDY, **params)

        value = text[place].strip()
        if not _CODE.fullmatch(value):
            raise refuse(N_("“%(code)s” is no ICD-10-CM code."), columns, code=value)
        made = row(text, refuse)
        if not made.display:
            raise refuse(N_("%(code)s has no title."), columns, code=value)
        if value in rows:
            raise refuse(N_("%(code)s is in the file twice."), columns, code=value)
        rows[value] = made
    if not any(each.billable for each in rows.values()):
        raise Refused(N_("no code was found in this file."), where=file.name, remedy=_REMEDY)
    return Contents(tuple(rows.values()))
