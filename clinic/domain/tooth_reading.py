"""Teeth as people type them, by the notation they use: which one is a preference of the person, never a guess."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Literal, get_args

from clinic.domain.refusal import Refused
from clinic.domain.tooth import ORDER, QUADRANTS, ROWS, Quadrant, Tooth, tooth_at, tooth_of
from clinic.domain.words import N_

Notation = Literal["universal", "fdi", "palmer"]
NOTATIONS: tuple[Notation, ...] = get_args(Notation)

LONGEST = 200
"""Characters of a list of teeth."""

_FDI = re.compile(r"([1-8])\s*[.\-]?\s*([1-8])\s*([Ss]?)", re.ASCII)
_PALMER = re.compile(r"([UL][RL])\s*([1-8A-E])\s*(S?)", re.ASCII)
_CORNERS: dict[str, Quadrant] = {"⏌": "UR", "┘": "UR", "⎿": "UL", "└": "UL", "⎾": "LL", "┌": "LL", "⏋": "LR", "┐": "LR"}
_SEPARATORS = re.compile(r"[,;]")
_RANGE = re.compile(r"\s*#?\s*(\S+?)(?:\s*(?:-|\N{EN DASH})\s*#?\s*(\S+))?\s*")


def read_tooth(text: str, notation: Notation, where: str = "tooth") -> Tooth:
    """The tooth that a text names in a notation.

    Raises:
        Refused: it names none there.
    """
    found = _READ[notation](text.strip().lstrip("#").strip())
    if found is None:
        raise Refused(N_("This is no tooth."), where=where, remedy=_REMEDIES[notation])
    return found


def meanings(text: str) -> dict[Notation, Tooth]:
    """What a text would mean in each notation: where two differ, the person is asked which was meant."""
    bare = text.strip().lstrip("#").strip()
    return {notation: tooth for notation in NOTATIONS if (tooth := _READ[notation](bare)) is not None}


def shown_tooth(tooth: Tooth, notation: Notation) -> str:
    """A tooth as somebody with this preference reads it, and may type it again."""
    return {"universal": tooth.universal, "fdi": tooth.fdi, "palmer": tooth.palmer_ascii}[notation]


def read_teeth(text: str, where: str = "teeth", notation: Notation = "universal") -> tuple[str, ...]:
    """Regular teeth as they are typed, ``3-5, 8``: Universal, each once, in the order of the system. Blank gives none.

    A range is told by the teeth that stand between its ends, so ``13-23`` spans the midline where FDI is typed. In FDI
    and Palmer a hyphen between two teeth is a range too.

    Raises:
        Refused: something of it is no tooth, or a range goes from one jaw into another or backwards.
    """
    if len(text) > LONGEST:
        raise _no_teeth(where, notation)
    found: set[str] = set()
    for part in _SEPARATORS.split(text) if text.strip() else ():
        said = _RANGE.fullmatch(part)
        first = _regular(said[1], notation) if said else None
        last = (_regular(said[2], notation) if said[2] else first) if said else None
        if first is None or last is None:
            raise _no_teeth(where, notation)
        found.update(_between(first, last, where))
    return tuple(sorted(found, key=ORDER.__getitem__))


def _between(first: str, last: str, where: str) -> tuple[str, ...]:
    row = row_of(first)
    if last not in row or row.index(last) < row.index(first):
        raise Refused(
            N_("A range of teeth stays in one jaw and goes upwards."), where=where, remedy=N_("Write it as 3-5.")
        )
    return row[row.index(first) : row.index(last) + 1]


def row_of(tooth: str) -> tuple[str, ...]:
    """The row a regular tooth stands in.

    Raises:
        KeyError: it stands in none.
    """
    for row in ROWS:
        if tooth in row:
            return row
    raise KeyError(tooth)


def side_by_side(teeth: tuple[str, ...]) -> bool:
    """Whether at least two teeth stand in one row without a gap: what one bridge can span."""
    if len(teeth) < 2:
        return False
    row = row_of(teeth[0])
    if any(tooth not in row for tooth in teeth):
        return False
    first = row.index(teeth[0])
    return teeth == row[first : first + len(teeth)]


def shown_teeth(teeth: tuple[str, ...], notation: Notation = "universal") -> str:
    """The shortest way to write Universal numbers of regular teeth: ``3-5, 8``."""
    parts: list[list[str]] = []
    for tooth in teeth:
        row = row_of(tooth)
        last = parts[-1][-1] if parts else ""
        if last in row and row.index(tooth) == row.index(last) + 1:
            parts[-1].append(tooth)
        else:
            parts.append([tooth])
    ends = [(shown_tooth(Tooth(part[0]), notation), shown_tooth(Tooth(part[-1]), notation)) for part in parts]
    return ", ".join(first if first == last else f"{first}-{last}" for first, last in ends)


def _regular(text: str, notation: Notation) -> str | None:
    found = _READ[notation](text)
    return None if found is None or found.supernumerary else found.universal


def _universal(text: str) -> Tooth | None:
    bare = text.upper()
    if bare.isascii() and bare.isdigit() and len(bare) <= 2:
        bare = bare.lstrip("0")
    return tooth_of(bare)


def _fdi(text: str) -> Tooth | None:
    said = _FDI.fullmatch(text)
    if said is None:
        return None
    number = int(said[1]) - 1
    dentition: Literal["permanent", "primary"] = "permanent" if number < 4 else "primary"
    return tooth_at(QUADRANTS[number % 4], int(said[2]), dentition, supernumerary=bool(said[3]))


def _palmer(text: str) -> Tooth | None:
    bare = text.upper()
    for corner, quadrant in _CORNERS.items():
        if corner in bare:
            bare = quadrant + bare.replace(corner, "", 1).strip()
            break
    said = _PALMER.fullmatch(bare)
    if said is None:
        return None
    quadrant = said[1]  # type: ignore[assignment]  # one of the four: U or L, R or L
    if said[2].isdigit():
        return tooth_at(quadrant, int(said[2]), "permanent", supernumerary=bool(said[3]))
    return tooth_at(quadrant, "ABCDE".index(said[2]) + 1, "primary", supernumerary=bool(said[3]))


_READ: dict[Notation, Callable[[str], Tooth | None]] = {"universal": _universal, "fdi": _fdi, "palmer": _palmer}
_REMEDIES: dict[Notation, str] = {
    "universal": N_("Write 1 to 32, A to T, or 51 to 82 and AS to TS for a supernumerary tooth."),
    "fdi": N_("Write two digits as in 16 or 55, with an S behind for a supernumerary tooth."),
    "palmer": N_("Write the quadrant and the place as in UR6 or URE, with an S behind for a supernumerary tooth."),
}
_LISTS: dict[Notation, str] = {
    "universal": N_("Write numbers 1 to 32 or letters A to T, as in 3-5, 8."),
    "fdi": N_("Write two digits a tooth, as in 16-14, 11."),
    "palmer": N_("Write quadrant and place a tooth, as in UR6-UR4, UL1."),
}


def _no_teeth(where: str, notation: Notation) -> Refused:
    return Refused(N_("This is no list of teeth."), where=where, remedy=_LISTS[notation])
