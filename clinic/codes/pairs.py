"""NCCI procedure-to-procedure pairs, millions of them, in a file that is asked and never read.

    codes     number of each code there is, sorted          starts    where the rows of each as column 1 begin
    seconds   place of the column-2 code, sorted in each row
    since, until   days                                        flags   modifier indicator, and which rationale

A row of column 1 is a sorted slice, so one question is one binary search in it. Nearly every question is answered
before that: most codes of a claim are no column-1 code with rows, and which codes of a claim have pairs among them
is remembered by the codes, for a practice bills the same few together all day.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from clinic.codes.kind import Sections
from clinic.codes.layout import Mapped
from clinic.codes.numbers import ALWAYS, NEVER, code_of, date_of, day_of, number_of, packed, place_of

SHAPE = "pairs"
INDICATORS = ("0", "1", "9")
"""Modifier indicator: none lifts the pair, some do, not applicable (the pair was taken back on its first day)."""

_RATIONALES = 64
_KEPT = 50_000
"""Of how many codes and sets of codes a reader remembers the answer: bounded for foreign files."""


class Row(NamedTuple):
    """One pair on its way into a file."""

    first: str
    """Column 1: the code that is paid."""
    second: str
    """Column 2: the code that is not."""
    since: date | None
    """The first day it holds, None where the source does not say."""
    until: date | None
    """The last day it holds, None where it was not deleted."""
    indicator: str
    rationale: str = ""


class Pair(NamedTuple):
    """A pair of codes that are not paid together."""

    first: str
    second: str
    since: date | None
    until: date | None
    indicator: str
    """``0`` no modifier lifts it, ``1`` one of the NCCI modifiers does."""
    rationale: str

    def holds(self, on: date) -> bool:
        """Whether it holds on a day. What was taken back on its first day (indicator 9) never did."""
        return (
            self.indicator != "9"
            and (self.since is None or self.since <= on)
            and (self.until is None or on <= self.until)
            and (self.since is None or self.since != self.until)
        )

    def within(self, first: date, last: date) -> Pair | None:
        """The same pair, asked of a day outside these two as of the nearest of them; None where it holds on neither.

        A pair that began before the first of them, or ends after the last, then has no such end.
        """
        never = self.indicator == "9" or (self.since is not None and self.since == self.until)
        if never or (self.since or first) > last or (self.until or last) < first:
            return None
        return self._replace(
            since=None if self.since is None or self.since <= first else self.since,
            until=None if self.until is None or self.until >= last else self.until,
        )


class PairsBuilder:
    """Takes rows in any order and makes the sections of a file; keeps eight bytes a row."""

    def __init__(self) -> None:
        self._ids: dict[str, int] = {}
        self._rows: dict[int, array[int]] = {}
        self._rationales: dict[str, int] = {"": 0}
        self.count = 0

    def add(self, row: Row) -> None:
        """Take one pair."""
        ids, rationales = self._ids, self._rationales
        first = ids.setdefault(row.first, len(ids))
        second = ids.setdefault(row.second, len(ids))
        reason = rationales.get(row.rationale)
        if reason is None:
            # The publisher has about twenty; what goes beyond the column is left out, never mixed up.
            reason = 0 if len(rationales) >= _RATIONALES else len(rationales)
            rationales.setdefault(row.rationale, reason)
        flags = reason << 2 | INDICATORS.index(row.indicator)
        rows = self._rows.get(first)
        if rows is None:
            rows = self._rows[first] = array("Q")
        rows.append(second << 40 | day_of(row.since, ALWAYS) << 24 | day_of(row.until, NEVER) << 8 | flags)
        self.count += 1

    def sections(self) -> Sections:
        """The sections of the file."""
        codes = sorted((number_of(code), old) for code, old in self._ids.items())
        place = {old: new for new, (_, old) in enumerate(codes)}
        starts, seconds = array("I", [0]), array("I")
        since, until, flags = array("H"), array("H"), bytearray()
        for _, old in codes:
            moved = [place[each >> 40] << 40 | each & 0xFFFFFFFFFF for each in self._rows.get(old, ())]
            last = -1
            for each in sorted(moved):
                if each == last:
                    continue  # the parts of one release overlap
                last = each
                seconds.append(each >> 40)
                since.append(each >> 24 & 0xFFFF)
                until.append(each >> 8 & 0xFFFF)
                flags.append(each & 0xFF)
            starts.append(len(seconds))
        kind = "H" if len(codes) <= 1 << 16 else "I"
        return Sections(
            shape=SHAPE,
            sections={
                "codes": packed("I", (number for number, _ in codes)),
                "starts": starts.tobytes(),
                "seconds": packed(kind, seconds),
                "since": since.tobytes(),
                "until": until.tobytes(),
                "flags": bytes(flags),
            },
            rows=len(seconds),
            meta={"rationales": list(self._rationales)[:_RATIONALES], "seconds": kind},
        )


def pair_sections(rows: Iterable[Row]) -> Sections:
    """The sections of a file of these pairs."""
    builder = PairsBuilder()
    for row in rows:
        builder.add(row)
    return builder.sections()


class PairsFile:
    """Reads one release of pairs; threads may share it. Opening reads nothing but the header."""

    def __init__(self, file: Mapped) -> None:
        self._codes = file.column("codes")
        self._starts = file.column("starts")
        self._seconds = file.column("seconds", file.header.meta["seconds"])
        self._since = file.column("since", "H")
        self._until = file.column("until", "H")
        self._flags = file.column("flags", "B")
        self._rationales: list[str] = file.header.meta["rationales"]
        self._places: dict[str, tuple[int, int, int]] = {}
        self._among: dict[tuple[str, ...], tuple[tuple[int, int, Pair], ...]] = {}

    def __len__(self) -> int:
        return len(self._flags)

    def between(self, first: str, second: str) -> tuple[Pair, ...]:
        """The pairs with ``first`` in column 1 and ``second`` in column 2, whatever their days."""
        _, low, high = self._places.get(first) or self._place(first)
        if low == high:
            return ()
        other = (self._places.get(second) or self._place(second))[0]
        at = bisect_left(self._seconds, other, low, high)
        if at == high or self._seconds[at] != other:
            return ()
        end = at + 1
        while end < high and self._seconds[end] == other:
            end += 1
        return tuple(self._pair(first, second, row) for row in range(at, end))

    def among(self, codes: tuple[str, ...]) -> tuple[tuple[int, int, Pair], ...]:
        """The pairs among some codes, whatever their days: places of column 1 and column 2, and the pair.

        Codes that stand at several places are answered for the first of each.
        """
        found = self._among.get(codes)
        if found is None:
            found = self._look(codes)
            if len(self._among) >= _KEPT:
                self._among.clear()
            self._among[codes] = found
        return found

    def within(self, first: date, last: date) -> PairsWithin:
        """The same table, asked of a day outside these two as of the nearest of them."""
        return PairsWithin(self, first, last)

    def _look(self, codes: tuple[str, ...]) -> tuple[tuple[int, int, Pair], ...]:
        seconds = self._seconds
        known = self._places
        at: dict[str, int] = {}
        for number, code in enumerate(codes):
            at.setdefault(code, number)
        placed = [(number, code, *(known.get(code) or self._place(code))) for code, number in at.items()]
        others = sorted([(place, number, code) for number, code, place, _, _ in placed if place >= 0])
        found = []
        for number, code, place, row, high in placed:
            if row == high:
                continue
            # The codes are asked in the order of the row, so that each search begins where the last one ended.
            for other, second, name in others:
                if other == place:
                    continue
                row = bisect_left(seconds, other, row, high)  # noqa: PLW2901  the place in the row moves on
                if row == high:
                    break
                while row < high and seconds[row] == other:
                    found.append((number, second, self._pair(code, name, row)))
                    row += 1  # noqa: PLW2901
        return tuple(found)

    def _place(self, code: str) -> tuple[int, int, int]:
        """The place of a code (-1 where it is in no pair) and the slice of its rows as column 1."""
        place = place_of(number_of(code), self._codes)
        found = (-1, 0, 0) if place < 0 else (place, self._starts[place], self._starts[place + 1])
        if len(self._places) >= _KEPT:
            self._places.clear()
        self._places[code] = found
        return found

    def _pair(self, first: str, second: str, row: int) -> Pair:
        flags = self._flags[row]
        return Pair(
            first,
            second,
            date_of(self._since[row]),
            date_of(self._until[row]),
            INDICATORS[flags & 3],
            self._rationales[flags >> 2],
        )

    def rows_of(self, code: str) -> list[Pair]:
        """All pairs with the code in column 1, for a person to look at."""
        _, low, high = self._place(code)
        return [self._pair(code, code_of(self._codes[self._seconds[row]]), row) for row in range(low, high)]


class PairsWithin(NamedTuple):
    """Pairs as they stand in a span of days, whatever the day that is asked of."""

    table: PairsFile
    first: date
    last: date

    def among(self, codes: tuple[str, ...]) -> tuple[tuple[int, int, Pair], ...]:
        """The pairs among some codes: places of column 1 and column 2, and the pair."""
        found = self.table.among(codes)
        if not found:
            return ()
        asked = [(one, two, pair.within(self.first, self.last)) for one, two, pair in found]
        return tuple([(one, two, pair) for one, two, pair in asked if pair is not None])
