"""When the courier comes: a local time of day, as an instant."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo


def next_cutoff(cutoff: str | None, zone: str, now: datetime) -> datetime | None:
    """The next time the courier comes: today, or tomorrow once that has passed; None where no time is named.

    ``cutoff`` is ``HH:MM`` by the clock of the place.

    An hour that the clock shows twice is taken the first time; one that it leaves out, as much later as it was put on.
    """
    if not cutoff:
        return None
    place, at = ZoneInfo(zone), time.fromisoformat(cutoff)
    today = now.astimezone(place).date()
    for ahead in range(2):
        comes = datetime.combine(today + timedelta(days=ahead), at, place).astimezone(now.tzinfo)
        if comes >= now:
            return comes
    raise AssertionError("tomorrow is later than now")


def still_to_come(fixed: datetime | None, cutoff: str | None, zone: str, now: datetime) -> datetime | None:
    """What a package is packed for: the courier it was opened for, or the next one once that one has gone."""
    return fixed if fixed is not None and fixed >= now else next_cutoff(cutoff, zone, now)
