"""Whether a test may be run on patients now: the kit's lot, its controls, and who runs it. Nobody may override it.

CLIA (42 CFR 493.15, 493.1256) asks that the maker's instructions on lot, expiry and controls are followed; the practice
sets how often: per lot, day, week or month, in local dates.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from clinic.domain.value import Value
from clinic.domain.words import N_
from lab.domain.ranges import Analyte

Every = Literal["lot", "day", "week", "month"]
Level = Literal["negative", "positive", "low", "high"]

EVERY: dict[str, str] = {
    "lot": N_("once a lot"),
    "day": N_("each day"),
    "week": N_("each week"),
    "month": N_("each month"),
}
LEVELS: dict[str, str] = {
    "negative": N_("negative"),
    "positive": N_("positive"),
    "low": N_("low"),
    "high": N_("high"),
}


class Lot(Value, frozen=True, kw_only=True):
    """A lot as it stands at the bench."""

    test: str
    expires_on: date
    every: str
    active: bool


class Run(Value, frozen=True, kw_only=True):
    """One control that was run."""

    level: str
    passed: bool
    at: datetime


class Moment(Value, frozen=True, kw_only=True):
    """An instant and the zone of the place."""

    at: datetime
    zone: str

    @property
    def day(self) -> date:
        """The local date."""
        return self.at.astimezone(ZoneInfo(self.zone)).date()


class Held(Value, frozen=True, kw_only=True):
    """Somebody's qualification for a test."""

    since: date
    until: date | None = None


def needs_lot(settings: Collection[str]) -> bool:
    """Whether a test uses up a kit: all but microscopy by the provider."""
    return "ppm" not in settings


def levels_of(analytes: Iterable[Analyte]) -> tuple[Level, ...]:
    """The levels a control of a test has: two that the kit must tell apart."""
    return ("low", "high") if any(each.kind == "number" for each in analytes) else ("negative", "positive")


def against_lot(lot: Lot, test: str, runs: Sequence[Run], levels: Sequence[str], now: Moment) -> str | None:
    """Why a patient may not be tested with a lot at an instant; None where nothing speaks against it.

    The last day of the expiry still counts. A failed level holds the lot until that level passes.
    """
    today = now.day
    if lot.test != test:
        return "wrong_lot"
    if not lot.active:
        return "lot_closed"
    if today > lot.expires_on:
        return "lot_expired"
    return against_controls(lot, runs, levels, now)


def against_controls(lot: Lot, runs: Sequence[Run], levels: Sequence[str], now: Moment) -> str | None:
    """``control_failed`` or ``control_due``, None where each level passed within its time."""
    last = {run.level: run for run in sorted((run for run in runs if run.at <= now.at), key=lambda run: run.at)}
    if any(not run.passed for run in last.values()):
        return "control_failed"
    since = _since(lot.every, now.day)
    for level in levels:
        run = last.get(level)
        if run is None or (since is not None and Moment(at=run.at, zone=now.zone).day < since):
            return "control_due"
    return None


def _since(every: str, today: date) -> date | None:
    """The first day whose control still counts; None where once is enough."""
    if every == "day":
        return today
    if every == "week":
        return today - timedelta(days=6)
    if every == "month":
        before = today.replace(day=1) - timedelta(days=1)  # the month before
        return before.replace(day=min(today.day, before.day)) + timedelta(days=1)
    return None


def against_operator(
    settings: Collection[str], *, is_provider: bool, held: Held | None, on: date, known: bool
) -> str | None:
    """Why somebody may not run a test on a day; None where nothing speaks against it.

    Args:
        settings: of the test; ``ppm`` alone is microscopy by the provider.
        is_provider: the operator holds that role.
        held: their qualification for the test.
        on: the local day.
        known: the operator is a member of staff (the command line, which is nobody, is not asked).
    """
    if not known:
        return None
    if "ppm" in settings and "poc" not in settings and not is_provider:
        return "provider_only"
    if held is None or on < held.since:
        return "not_qualified"
    return "qualification_ended" if held.until is not None and on > held.until else None
