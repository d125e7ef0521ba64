"""Add-on codes: acts that are paid only beside another one, and which."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from clinic.codes.kind import Sections
from clinic.codes.layout import Mapped
from clinic.codes.numbers import ALWAYS, NEVER, code_of, date_of, day_of, number_of, packed, place_of

SHAPE = "addons"
ANY = "CCCCC"
"""In the place of a primary code: the payer's contractor says which ones it takes."""

KINDS = ("1", "2", "3")
"""1: the listed primaries and no others. 2: none is listed. 3: some are listed, the contractor may take others."""

_KEPT = 20_000


class Row(NamedTuple):
    """One add-on with one of its primaries, on its way into a file."""

    code: str
    primary: str
    kind: str
    since: date | None = None
    until: date | None = None


class Addon(NamedTuple):
    """What an add-on code needs beside it."""

    kind: str
    primaries: frozenset[str]
    """Those that are listed."""


def addon_sections(rows: Iterable[Row]) -> Sections:
    """The sections of a file of these add-ons."""
    chosen = sorted(set(rows), key=_order)
    codes = sorted({number_of(row.code) for row in chosen})
    starts, last = [], 0
    for at, row in enumerate(chosen):
        number = number_of(row.code)
        if number != last:
            starts.append(at)
            last = number
    return Sections(
        shape=SHAPE,
        sections={
            "codes": packed("I", codes),
            "starts": packed("I", [*starts, len(chosen)]),
            "primaries": packed("I", (number_of(row.primary) for row in chosen)),
            "kinds": bytes(KINDS.index(row.kind) for row in chosen),
            "since": packed("H", (day_of(row.since, ALWAYS) for row in chosen)),
            "until": packed("H", (day_of(row.until, NEVER) for row in chosen)),
        },
        rows=len(chosen),
    )


def _order(row: Row) -> tuple[int, int, str, int, int]:
    return (
        number_of(row.code),
        number_of(row.primary),
        row.kind,
        day_of(row.since, ALWAYS),
        day_of(row.until, NEVER),
    )


class AddonsFile:
    """Reads one release of add-ons; threads may share it."""

    def __init__(self, file: Mapped) -> None:
        self._codes = file.column("codes")
        self._starts = file.column("starts")
        self._primaries = file.column("primaries")
        self._kinds = file.column("kinds", "B")
        self._since = file.column("since", "H")
        self._until = file.column("until", "H")
        self._known: dict[str, tuple[Row, ...]] = {}

    def __len__(self) -> int:
        return len(self._kinds)

    def __contains__(self, code: str) -> bool:
        """Whether a code is an add-on on some day."""
        return bool(self._of(code))

    def addon(self, code: str, on: date) -> Addon | None:
        """What a code needs beside it on a day, None where it is no add-on then."""
        rows = self._of(code)
        holding = [row for row in rows if _holds(row, on)]
        if not holding:
            return None
        kinds = {row.kind for row in holding}
        # Where a code stands under two types, the one that asks less is taken.
        kind = "3" if "3" in kinds else "2" if "2" in kinds else "1"
        return Addon(kind, frozenset(row.primary for row in holding if row.primary != ANY))

    def within(self, first: date, last: date) -> AddonsWithin:
        """The same table, asked of a day outside these two as of the nearest of them."""
        return AddonsWithin(self, first, last)

    def _of(self, code: str) -> tuple[Row, ...]:
        rows = self._known.get(code)
        if rows is None:
            rows = self._rows(code)
            if len(self._known) >= _KEPT:
                self._known.clear()
            self._known[code] = rows
        return rows

    def _rows(self, code: str) -> tuple[Row, ...]:
        at = place_of(number_of(code), self._codes)
        if at < 0:
            return ()
        return tuple(
            Row(
                code,
                code_of(self._primaries[row]),
                KINDS[self._kinds[row]],
                date_of(self._since[row]),
                date_of(self._until[row]),
            )
            for row in range(self._starts[at], self._starts[at + 1])
        )


class AddonsWithin(NamedTuple):
    """Add-ons as they stand in a span of days, whatever the day that is asked of."""

    table: AddonsFile
    first: date
    last: date

    def __contains__(self, code: object) -> bool:
        """Whether a code is an add-on on some day."""
        return isinstance(code, str) and code in self.table

    def addon(self, code: str, on: date) -> Addon | None:
        """What a code needs beside it, None where it is no add-on."""
        return self.table.addon(code, min(max(on, self.first), self.last))


def _holds(row: Row, on: date) -> bool:
    return (row.since is None or row.since <= on) and (row.until is None or on <= row.until)
