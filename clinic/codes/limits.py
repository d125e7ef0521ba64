"""Medically unlikely edits: how many units of a code are paid, by line or by day."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from clinic.codes.kind import Sections
from clinic.codes.layout import Mapped
from clinic.codes.numbers import number_of, packed, place_of

SHAPE = "limits"
INDICATORS = ("1", "2", "3")
"""Adjudication indicator: by line; by day, from policy; by day, from what is clinically likely."""

MOST = 4_000_000_000
_KEPT = 20_000


class Row(NamedTuple):
    """One limit on its way into a file."""

    code: str
    units: int
    indicator: str
    rationale: str = ""


class Limit(NamedTuple):
    """The most units of a code that are paid."""

    units: int
    indicator: str
    """``1`` on one line, ``2`` and ``3`` on one day."""
    rationale: str


def limit_sections(rows: Iterable[Row]) -> Sections:
    """The sections of a file of these limits; each code once."""
    chosen = sorted(rows, key=lambda row: number_of(row.code))
    rationales = list(dict.fromkeys(row.rationale for row in chosen))
    place = {text: number for number, text in enumerate(rationales)}
    return Sections(
        shape=SHAPE,
        sections={
            "codes": packed("I", (number_of(row.code) for row in chosen)),
            "units": packed("I", (row.units for row in chosen)),
            "indicators": bytes(INDICATORS.index(row.indicator) for row in chosen),
            "reasons": packed("H", (place[row.rationale] for row in chosen)),
        },
        rows=len(chosen),
        meta={"rationales": rationales},
    )


class LimitsFile:
    """Reads one release of limits; threads may share it."""

    def __init__(self, file: Mapped) -> None:
        self._codes = file.column("codes")
        self._units = file.column("units")
        self._indicators = file.column("indicators", "B")
        self._reasons = file.column("reasons", "H")
        self._rationales: list[str] = file.header.meta["rationales"]
        self._known: dict[str, Limit | None] = {}

    def __len__(self) -> int:
        return len(self._indicators)

    def limit(self, code: str) -> Limit | None:
        """The limit of a code, None where it has none."""
        try:
            return self._known[code]
        except KeyError:
            pass
        at = place_of(number_of(code), self._codes)
        found = (
            None
            if at < 0
            else Limit(self._units[at], INDICATORS[self._indicators[at]], self._rationales[self._reasons[at]])
        )
        if len(self._known) >= _KEPT:
            self._known.clear()
        self._known[code] = found
        return found
