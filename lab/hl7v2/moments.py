"""Times of HL7 version 2: ``YYYYMMDD[HHMM[SS[.S…]]][±ZZZZ]``."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

from lab.domain.container import NotPossible
from lab.domain.wall_clock import of_wall

_TIME = re.compile(
    r"(\d{4})(\d{2})(\d{2})(?:(\d{2})(?:(\d{2})(?:(\d{2})(?:\.\d{1,4})?)?)?)?(?:([+-])(\d{2})(\d{2}))?\Z", re.ASCII
)


def read_day(text: str) -> date | None:
    """The day; None where the text is none."""
    found = _TIME.match(text)
    if found is None:
        return None
    try:
        return date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        return None


def read_instant(text: str, zone: str) -> datetime | None:
    """The instant, UTC; None where the text is none, or gives no hour.

    Without an offset it is local time of ``zone``. One that the clock shows twice or never is none: no time is guessed.
    """
    found, day = _TIME.match(text), read_day(text)
    if found is None or day is None or found[4] is None or not 1900 <= day.year <= 9998:
        return None
    hour, minute, second = int(found[4]), int(found[5] or 0), int(found[6] or 0)
    try:
        told = datetime(day.year, day.month, day.day, hour, minute, second)  # noqa: DTZ001  as the wall shows it
        if not found[7]:
            return of_wall(told, ZoneInfo(zone))
        ahead = timedelta(hours=int(found[8]), minutes=int(found[9]))
        return told.replace(tzinfo=timezone(ahead if found[7] == "+" else -ahead)).astimezone(UTC)
    except (ValueError, NotPossible):
        return None
