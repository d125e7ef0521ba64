"""What a KIND of code-set file is: where it comes from, how it is laid out, how it is read (law 8: one file each)."""

from __future__ import annotations

import calendar
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any, NamedTuple

import msgspec

from clinic.codes.layout import Mapped
from clinic.codes.release import Contents, Release
from clinic.codes.source_file import Source
from clinic.domain.refusal import Refused
from clinic.domain.words import N_

ENTRIES = "entries"
"""The shape of a file of codes with words; the other shapes belong to the kinds that declare them."""


class Wish(msgspec.Struct, frozen=True):
    """What the person who loads says of the release; what is None follows from the file."""

    name: str | None = None
    start: date | None = None
    end: date | None = None


class Sections(msgspec.Struct, frozen=True):
    """A table of another shape than entries, ready to be written: named sections and how many rows they stand for.

    ``meta`` is kept in the file's header, beside the release, for whoever opens the shape.
    """

    shape: str
    sections: Mapping[str, bytes]
    rows: int
    meta: Mapping[str, Any] = {}


class Draft(NamedTuple):
    """A release that was read and is not written yet."""

    release: Release
    body: Contents | Sections


class Kind(msgspec.Struct, frozen=True, kw_only=True):
    """One KIND of ``flask codes load``; a file in ``clinic/codes/kinds`` declares it as ``KIND``.

    ``read`` takes the source and what the person wished, reads all of it, and gives the releases it makes: one, or
    one for each of several ``systems``. It raises Refused with file, line and column, and writes nothing.
    ``months`` is the publisher's rhythm: how long an edition is taken to be whole when nobody says until when.
    A kind of another ``shape`` also says how its file is opened.
    """

    key: str
    systems: tuple[str, ...]
    title: str
    licence: str
    origin: str
    """Where the official file comes from, in words; it stands in docs/codes.md."""
    layout: str
    """What the file must look like, in words."""
    months: int
    read: Callable[[Source, Wish], list[Draft]]
    shape: str = ENTRIES
    opener: Callable[[Mapped], Any] | None = None
    leads_to: str | None = None
    """The system whose codes an index of terms leads to: search in that one asks the index too."""
    notice: str | None = None
    """What the licence wants shown wherever the codes are; stored with the release."""
    fallback: Callable[[], Draft] | None = None
    """What is loaded without a file, where something comes with the installation."""


def edition_of(
    kind: Kind,
    wish: Wish,
    source: str,
    *,
    system: str | None = None,
    title: str | None = None,
    name: str | None = None,
    start: date | None = None,
    end: date | None = None,
    licence: str | None = None,
    complete: bool = True,
) -> Release:
    """The release that a file makes: ``name``, ``start`` and ``end`` are what the file says, the wish goes before it.

    An edition is relied on for ``kind.months`` from its first day. Without a name it is called by that day.

    Raises:
        Refused: neither the file nor the person says the first day.
    """
    first = wish.start or start
    if first is None:
        raise Refused(
            N_("this file does not say from which day it holds."),
            where=source,
            remedy=N_("Give --from, the first date of service it judges."),
        )
    last = wish.end or (end if end is not None and end >= first else None) or months_after(first, kind.months)
    called = wish.name or name or (f"{first:%Y-%m}" if first.day == 1 else first.isoformat())
    return Release(
        system=system or kind.systems[0],
        name=called,
        title=title or f"{kind.title} {called}",
        effective=start or first,
        start=first,
        end=last,
        licence=licence or kind.licence,
        source=source,
        complete=complete,
        notice=kind.notice,
    )


def months_after(first: date, months: int) -> date:
    """The last day of a stretch of whole months: a year from 1 January ends on 31 December."""
    month = first.month - 1 + months
    year = min(first.year + month // 12, date.max.year - 1)
    day = min(first.day, calendar.monthrange(year, month % 12 + 1)[1])
    return date(year, month % 12 + 1, day) - timedelta(days=1)
