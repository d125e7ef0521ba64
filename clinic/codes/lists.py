"""Lists of codes with words: one file with a line of heads, a record a code. Most kinds are one of these."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

import msgspec

from clinic.codes.delimited import ENDINGS, Column, Record, Table, dated
from clinic.codes.kind import Draft, Kind, Wish, edition_of
from clinic.codes.named_days import day_named
from clinic.codes.release import Contents, Row
from clinic.codes.source_file import Source
from clinic.domain.words import N_

OWN_LIST = N_("Correct the file; docs/codes.md shows the columns.")
"""The remedy for files that a person puts together."""


class Listing(msgspec.Struct, frozen=True):
    """How a list is laid out.

    ``row`` makes the row of a record, or None where the record is no code (a reserved number). ``pattern`` finds the
    file in a .zip. ``strict`` refuses columns that are not known: see ``Table``.
    """

    columns: Sequence[Column]
    row: Callable[[Table, Record], Row | None]
    pattern: str = ""
    strict: bool = False


def read_list(kind: Kind, listing: Listing, source: Source, wish: Wish) -> list[Draft]:
    """The release a list makes.

    Raises:
        Refused: a line is not whole or its code stands twice, with file, line and column; or nothing says the dates.
    """
    file = source.one(*ENDINGS, pattern=listing.pattern)
    release = edition_of(kind, wish, file.name, start=day_named(file.name) or day_named(source.paths[0].name))
    remedy = OWN_LIST if listing.strict else ""
    table = Table(file, listing.columns, strict=listing.strict, remedy=remedy)
    return [Draft(release, Contents(unique_rows(table, listing.row)))]


def unique_rows(table: Table, row: Callable[[Table, Record], Row | None]) -> tuple[Row, ...]:
    """The rows of a table, no code twice and at least one.

    Raises:
        Refused: naming the line and the one before it.
    """
    rows: list[Row] = []
    seen: dict[str, int] = {}
    for record in table.records():
        made = row(table, record)
        if made is None:
            continue
        if made.value in seen:
            raise table.refusal(
                N_("%(code)s stands in line %(before)s already."), record.line, code=made.value, before=seen[made.value]
            )
        seen[made.value] = record.line
        rows.append(made)
    if not rows:
        raise table.refusal(N_("no code was found in this file."), 1)
    return tuple(rows)


def span(
    table: Table, record: Record, heads: tuple[str, str] = ("start", "end"), *, day_first: bool = False
) -> tuple[date | None, date | None]:
    """The first and the last day a record gives to its code, from the columns ``start`` and ``end``.

    Raises:
        Refused: one is no day, or they are the wrong way round.
    """
    start = dated(table, record, "start", heads[0], day_first=day_first)
    end = dated(table, record, "end", heads[1], day_first=day_first)
    if start is not None and end is not None and end < start:
        raise table.refusal(
            N_("it would end on %(end)s, before it starts on %(start)s."),
            record.line,
            heads[1],
            start=start.isoformat(),
            end=end.isoformat(),
        )
    return start, end


def facts_of(record: Record, names: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """The cells that are facts of the code, without the empty ones."""
    return tuple((name, record.cells[name]) for name in names if record.cells[name])


def further(display: str, *others: str) -> tuple[str, ...]:
    """Further names of a code: those that are not its display, each once."""
    return tuple(dict.fromkeys(other for other in others if other and other != display))
