"""Read: a test done in house, read inside its window; before it the result is not there, after it it is void."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from clinic.domain.words import N_
from lab.domain.container import ENDS, Container
from lab.domain.need import Need
from lab.domain.stability import use_by
from lab.steps.step import Flag, Step, Task, minutes_past, past


def _asks(container: Container, need: Need) -> Task | None:
    windowed = need.read_from_minutes is not None or need.read_until_minutes is not None
    run = next((run for run in container.runs if run.step == "read"), None)
    if not windowed or not need.in_house or (run is not None and run.ended_at is not None):
        return None
    if run is None:
        return Task(step="read", test=need.test, due_at=use_by(container, need))
    since = run.started_at + timedelta(minutes=need.read_from_minutes or 0)
    until = None if need.read_until_minutes is None else run.started_at + timedelta(minutes=need.read_until_minutes)
    return Task(step="read", test=need.test, ready_at=since, due_at=until or since, running=True)


def _judges(container: Container, need: Need, as_of: datetime) -> Iterator[Flag]:
    run = next((run for run in container.runs if run.step == "read"), None)
    if run is None:
        return
    if need.read_from_minutes is not None and run.ended_at is not None:
        since = run.started_at + timedelta(minutes=need.read_from_minutes)
        if run.ended_at < since:
            yield Flag(code="READ_EARLY", minutes=minutes_past(run.ended_at, since), test=need.test)
    if need.read_until_minutes is not None and (run.ended_at is not None or container.state not in ENDS):
        until = run.started_at + timedelta(minutes=need.read_until_minutes)
        yield from past("READ_LATE", need.test, until, run.ended_at or as_of)


STEP = Step("read", N_("Read"), 80, timed=True, asks=_asks, judges=_judges, own=False)
