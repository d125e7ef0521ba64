"""OBX: one value of a report, by the type it says it is of."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from lab.domain.results import Measured, as_number
from lab.hl7v2.dialect import Dialect
from lab.hl7v2.message import Segment

CODED = frozenset({"CE", "CWE", "CNE", "CF"})
WORDS = frozenset({"ST", "TX", "FT"})
DELETED = frozenset({"D", "W"})
"""OBX-11: taken back; such a value is left out."""
MOST_TEXT = 20_000


class Said(NamedTuple):
    """A value and how it stands."""

    value: Measured
    status: str
    """OBX-11, in capitals; blank where it is absent."""
    text: bool
    sub: str
    """OBX-4."""


def loinc_of(segment: Segment, field: int) -> str | None:
    """The LOINC number of a coded field, first or alternate."""
    for code, system in ((1, 3), (4, 6)):
        if segment.part(field, system).upper() in {"LN", "LOINC"} and segment.part(field, code):
            return segment.part(field, code)[:12]
    return None


def name_of(segment: Segment, field: int) -> str:
    """What a coded field is called: its text, else its code."""
    parts = (segment.part(field, number) for number in (2, 5, 1, 4))
    return next((part for part in parts if part), "?")[:200]


def read_value(segment: Segment, dialect: Dialect) -> tuple[Said | None, str | None]:
    """The value of an OBX, and what of it could not be read: None for both where it was taken back or is empty."""
    status = segment.part(11).upper()
    if status in DELETED:
        return None, None
    kind = segment.part(2).upper()
    value = _text(segment, kind)
    if not value:
        return None, f"{segment.where} OBX-5" if segment.raw(5) else None
    flags = [segment.within(each) for each in segment.repeats(8)]
    known = [dialect.flag(each) for each in flags]
    doubt = f"{segment.where} OBX-8" if not all(fine for _, fine in known) else None
    if kind == "NM" and as_number(value) is None:
        doubt = f"{segment.where} OBX-5"
    measured = Measured(
        analyte=name_of(segment, 3),
        loinc=loinc_of(segment, 3),
        value=value[:MOST_TEXT],
        unit=dialect.unit(segment.part(6)) or None,
        range=_range(segment),
        flag=next((flag for flag, _ in known if flag), None),
        note=", ".join(each for each, (flag, fine) in zip(flags, known, strict=True) if not fine and not flag) or None,
    )
    return Said(measured, status, kind in WORDS, segment.part(4)), doubt


def _range(segment: Segment) -> str | None:
    return segment.text(7).replace("\n", " ")[:100] or None


def _text(segment: Segment, kind: str) -> str:
    if kind == "SN":
        return _structured(segment)
    if kind in CODED:
        return "\n".join(
            found
            for each in segment.repeats(5)
            if (found := segment.within(each, 2) or segment.within(each, 5) or segment.within(each, 1))
        )
    if kind == "NM":
        read = as_number(segment.part(5))
        return f"{read.comparator or ''}{_plain(read.number)}" if read else segment.part(5)
    return segment.text(5)


def _plain(number: Decimal) -> str:
    return format(number, "f")


def _structured(segment: Segment) -> str:
    """``>^500``, ``^1^:^128``, ``^2^-^5``."""
    sign, first, between, second = (segment.part(5, number) for number in (1, 2, 3, 4))
    said = f"{'' if sign == '=' else sign}{first}"
    return f"{said}{between}{second}" if between and second else f"{said}{between}"
