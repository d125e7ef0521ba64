"""The clock of the wall: what a local time means, and that it may mean two instants or none (law 16)."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from lab.domain.container import NotPossible

_SHAPE = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d{1,6})?)?(Z|[+-]\d\d:\d\d)?", re.ASCII)


def instant(text: str, zone: ZoneInfo) -> datetime:
    """The instant an ISO 8601 time names: with an offset as it is, without one as the wall of the zone shows it.

    Raises:
        NotPossible: ``bad_field`` it is no such time, ``time_ambiguous`` the wall shows it twice that day,
            ``time_missing`` never.
    """
    if not _SHAPE.fullmatch(text):
        raise NotPossible("bad_field")
    try:
        told = datetime.fromisoformat(text)
        return told.astimezone(UTC) if told.tzinfo is not None else of_wall(told, zone)
    except (ValueError, OverflowError):
        raise NotPossible("bad_field") from None


def read_local(text: str, zone: str) -> datetime | None:
    """The instant that was typed or picked; None where nothing was. Raises as ``instant`` does."""
    return instant(text.strip(), ZoneInfo(zone)) if text.strip() else None


def of_wall(told: datetime, zone: ZoneInfo) -> datetime:
    """The instant at which the wall of a zone shows a time without offset.

    Raises:
        NotPossible: ``time_ambiguous`` it shows it twice that day, ``time_missing`` never.
    """
    first, second = told.replace(tzinfo=zone, fold=0), told.replace(tzinfo=zone, fold=1)
    if first.utcoffset() != second.utcoffset():
        shown = first.astimezone(UTC).astimezone(zone).replace(tzinfo=None)
        raise NotPossible("time_ambiguous" if shown == told else "time_missing")
    return first.astimezone(UTC)


def shown(at: datetime | None, zone: ZoneInfo) -> str | None:
    """An instant with the offset of the zone at that instant, as ISO 8601."""
    return None if at is None else at.astimezone(zone).isoformat()
