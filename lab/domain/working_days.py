"""Working days, Monday to Friday. Holidays are not known here: a laboratory's days are counted generously."""

from __future__ import annotations

from datetime import date, timedelta

SATURDAY = 5


def working_days_before(day: date, count: int) -> date:
    """The working day that lies so many working days before a day; 0 gives the day itself, or the Friday before it."""
    found = day
    while found.weekday() >= SATURDAY:
        found -= timedelta(days=1)
    if found != day and count:
        count -= 1
    for _ in range(count):
        found -= timedelta(days=1)
        while found.weekday() >= SATURDAY:
            found -= timedelta(days=1)
    return found
