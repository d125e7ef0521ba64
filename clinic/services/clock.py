"""The clock of the house. Everything that asks for the time asks here, so that a test or the demo can set it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from flask import current_app

SETTING = "CABINET_CLOCK"
"""A function without arguments that gives an aware instant; without it the machine's clock."""


def now() -> datetime:
    """This instant, UTC."""
    clock = current_app.config.get(SETTING)
    found: datetime = clock() if clock else datetime.now(UTC)
    return found.astimezone(UTC)


def today(zone: str = "UTC") -> date:
    """The local date of a place."""
    return now().astimezone(ZoneInfo(zone)).date()


@contextmanager
def running_from(moment: datetime) -> Iterator[None]:
    """Let the application's clock run on from a moment instead of from now."""
    before, started = current_app.config.get(SETTING), datetime.now(UTC)
    current_app.config[SETTING] = lambda: moment + (datetime.now(UTC) - started)
    try:
        yield
    finally:
        current_app.config[SETTING] = before
