"""Incubate: into the warm in time, and for as long as the test asks."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from clinic.domain.words import N_
from lab.domain.container import ENDS, Container
from lab.domain.need import Need
from lab.steps.step import Flag, Step, Task, minutes_past, past


def _limit(container: Container, need: Need) -> datetime | None:
    if need.incubate_within_minutes is None or container.collected_at is None:
        return None
    return container.collected_at + timedelta(minutes=need.incubate_within_minutes)


def incubated_in_time(container: Container, need: Need) -> bool:
    """Whether it came into the warm before its limit: the hours at room are those until then, and run no more."""
    limit = _limit(container, need)
    run = next((run for run in container.runs if run.step == "incubate"), None)
    return limit is not None and run is not None and run.started_at <= limit


def _asks(container: Container, need: Need) -> Task | None:
    if need.incubate_within_minutes is None and need.incubate_minutes is None:
        return None
    run = next((run for run in container.runs if run.step == "incubate"), None)
    if run is None:
        return Task(step="incubate", test=need.test, due_at=_limit(container, need))
    if run.ended_at is not None or need.incubate_minutes is None:
        return None
    return Task(
        step="incubate",
        test=need.test,
        ready_at=run.started_at + timedelta(minutes=need.incubate_minutes),
        due_at=run.started_at + timedelta(minutes=need.incubate_most_minutes or need.incubate_minutes),
        running=True,
    )


def _judges(container: Container, need: Need, as_of: datetime) -> Iterator[Flag]:
    limit = _limit(container, need)
    run = next((run for run in container.runs if run.step == "incubate"), None)
    active = container.state not in ENDS
    if limit is not None and (run is not None or active):
        yield from past("INCUBATE_LATE", need.test, limit, run.started_at if run else as_of)
    if run is None:
        return
    if need.incubate_minutes is not None and run.ended_at is not None:
        least = run.started_at + timedelta(minutes=need.incubate_minutes)
        if run.ended_at < least:
            yield Flag(code="INCUBATE_SHORT", minutes=minutes_past(run.ended_at, least), test=need.test)
    if need.incubate_most_minutes is not None and (run.ended_at is not None or active):
        most = run.started_at + timedelta(minutes=need.incubate_most_minutes)
        yield from past("INCUBATE_LONG", need.test, most, run.ended_at or as_of)


STEP = Step("incubate", N_("Incubate"), 70, timed=True, asks=_asks, judges=_judges)
