"""Today at a place, inside a statement: the date is local to where something is done (law 16)."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from sqlalchemy import ColumnElement, Date, case, literal

from clinic.services.clock import now

QUARTER = timedelta(minutes=15)
"""All offsets from UTC are multiples of it, so within one no place changes its date."""
DAY = timedelta(days=1)


def today_there(zone: ColumnElement[str] | Any) -> ColumnElement[date]:
    """The local date of the place whose time zone a column names; of one that is none, that of UTC."""
    at = now()
    here = at.date()
    further, nearer = _elsewhere(at - (at - datetime.min.replace(tzinfo=at.tzinfo)) % QUARTER)
    return case(
        (zone.in_(further), literal(here + DAY, Date)),
        (zone.in_(nearer), literal(here - DAY, Date)),
        else_=literal(here, Date),
    )


@lru_cache(maxsize=4)
def _elsewhere(at: datetime) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The zones where it is tomorrow by UTC, and those where it is yesterday still."""
    there = {name: at.astimezone(ZoneInfo(name)).date() for name in sorted(available_timezones())}
    further = tuple(name for name, day in there.items() if day > at.date())
    return further, tuple(name for name, day in there.items() if day < at.date())
