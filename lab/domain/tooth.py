"""Teeth by the Universal system: 1 to 32 for permanent ones, A to T for primary ones, as they are typed and kept.

1 to 16 and A to J stand in the upper jaw from the patient's right to the left, 17 to 32 and K to T in the lower jaw
from the left to the right (ISO 3950 writes the same teeth with two digits).
"""

from __future__ import annotations

import re
from typing import Literal

from clinic.domain.refusal import Refused
from clinic.domain.words import N_

Arch = Literal["upper", "lower"]

UPPER = tuple(str(number) for number in range(1, 17))
LOWER = tuple(str(number) for number in range(17, 33))
UPPER_PRIMARY, LOWER_PRIMARY = tuple("ABCDEFGHIJ"), tuple("KLMNOPQRST")
ROWS: tuple[tuple[str, ...], ...] = (UPPER, LOWER, UPPER_PRIMARY, LOWER_PRIMARY)
"""Teeth side by side, each row from end to end."""
ALL = (*UPPER, *LOWER, *UPPER_PRIMARY, *LOWER_PRIMARY)
_PLACE = {tooth: place for place, tooth in enumerate(ALL)}

LONGEST = 200
_SIGN = re.compile(r"[#\s]*(\d{1,2}|[A-Za-z])(?:\s*(?:-|\N{EN DASH})\s*#?(\d{1,2}|[A-Za-z]))?\s*", re.ASCII)


def row_of(tooth: str) -> tuple[str, ...]:
    """The row a tooth stands in.

    Raises:
        KeyError: it is none.
    """
    for row in ROWS:
        if tooth in row:
            return row
    raise KeyError(tooth)


def arch_of(tooth: str) -> Arch:
    """The jaw a tooth stands in."""
    return "upper" if row_of(tooth) in (UPPER, UPPER_PRIMARY) else "lower"


def read_teeth(text: str, where: str = "teeth") -> tuple[str, ...]:
    """Teeth as they are typed, ``3-5, 8``: each once, in the order of the system. Blank gives none.

    Raises:
        Refused: something of it is no tooth, or a range goes from one row into another.
    """
    if len(text) > LONGEST:
        raise _no_teeth(where)
    found: set[str] = set()
    for part in re.split(r"[,;]", text) if text.strip() else ():
        said = _SIGN.fullmatch(part)
        if said is None:
            raise _no_teeth(where)
        first = _tooth(said[1], where)
        last = _tooth(said[2], where) if said[2] else first
        row = row_of(first)
        if last not in row or row.index(last) < row.index(first):
            raise Refused(
                N_("A range of teeth stays in one jaw and goes upwards."),
                where=where,
                remedy=N_("Write it as 3-5."),
            )
        found.update(row[row.index(first) : row.index(last) + 1])
    return tuple(sorted(found, key=_PLACE.__getitem__))


def _tooth(text: str, where: str) -> str:
    tooth = text.upper().lstrip("0") if text.isdigit() else text.upper()
    if tooth not in _PLACE:
        raise _no_teeth(where)
    return tooth


def _no_teeth(where: str) -> Refused:
    return Refused(
        N_("This is no list of teeth."),
        where=where,
        remedy=N_("Write numbers 1 to 32 or letters A to T, as in 3-5, 8."),
    )


def side_by_side(teeth: tuple[str, ...]) -> bool:
    """Whether at least two teeth stand in one row without a gap: what one bridge can span."""
    if len(teeth) < 2:
        return False
    row = row_of(teeth[0])
    if any(tooth not in row for tooth in teeth):
        return False
    first = row.index(teeth[0])
    return teeth == row[first : first + len(teeth)]


def shown_teeth(teeth: tuple[str, ...]) -> str:
    """The shortest way to write them: ``3-5, 8``."""
    parts: list[list[str]] = []
    for tooth in teeth:
        row = row_of(tooth)
        last = parts[-1][-1] if parts else ""
        if last in row and row.index(tooth) == row.index(last) + 1:
            parts[-1].append(tooth)
        else:
            parts.append([tooth])
    return ", ".join(part[0] if len(part) == 1 else f"{part[0]}-{part[-1]}" for part in parts)
