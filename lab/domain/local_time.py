"""A time as a clock on the wall shows it, as an instant."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from lab.domain.container import NotPossible


def read_local(text: str, zone: str) -> datetime | None:
    """An instant from ``2026-11-24T16:05``, or with seconds; None where nothing was typed.

    Raises:
        NotPossible: it is no time (``bad_field``), or one that the clock shows twice or never.
    """
    if not text.strip():
        return None
    try:
        told = datetime.fromisoformat(text.strip())
    except ValueError:
        raise NotPossible("bad_field") from None
    if told.tzinfo is not None:
        return told.astimezone(UTC)
    place = ZoneInfo(zone)
    first, second = (told.replace(tzinfo=place, fold=fold).astimezone(UTC) for fold in (0, 1))
    if first == second:
        return first
    raise NotPossible("time_ambiguous" if first < second else "time_missing")
