"""Fix: into fixative at once; how long it lay there is told, from the collection unless said otherwise."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from clinic.domain.words import N_
from lab.domain.container import HERE, Container
from lab.domain.need import Need
from lab.steps.step import Flag, Step, Task, minutes_past, past


def _asks(container: Container, need: Need) -> Task | None:
    """Only where its start was told: a jar may leave while it fixes."""
    run = next((run for run in container.runs if run.step == "fix"), None)
    if not need.fix or need.fix_minutes is None or run is None or run.ended_at is not None:
        return None
    most = None if need.fix_most_minutes is None else run.started_at + timedelta(minutes=need.fix_most_minutes)
    return Task(
        step="fix",
        test=need.test,
        ready_at=run.started_at + timedelta(minutes=need.fix_minutes),
        due_at=most,
        running=True,
    )


def _judges(container: Container, need: Need, as_of: datetime) -> Iterator[Flag]:
    if not need.fix or container.collected_at is None:
        return
    run = next((run for run in container.runs if run.step == "fix"), None)
    start = run.started_at if run else container.collected_at
    end = run.ended_at if run else None
    if need.fix_minutes is not None and end is not None:
        least = start + timedelta(minutes=need.fix_minutes)
        if end < least:
            yield Flag(code="FIX_SHORT", minutes=minutes_past(end, least), test=need.test)
    if need.fix_most_minutes is not None and (end is not None or container.state in HERE):
        yield from past("FIX_LONG", need.test, start + timedelta(minutes=need.fix_most_minutes), end or as_of)


STEP = Step("fix", N_("Fix"), 75, timed=True, asks=_asks, judges=_judges)
