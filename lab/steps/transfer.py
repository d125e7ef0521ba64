"""Transfer: from the cup it was caught in into this container, before it changes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from clinic.domain.words import N_
from lab.domain.container import ENDS, Container
from lab.domain.need import Need
from lab.steps.step import Flag, Step, Task, past


def _limit(container: Container, need: Need) -> datetime | None:
    if need.transfer_within_minutes is None or container.collected_at is None:
        return None
    return container.collected_at + timedelta(minutes=need.transfer_within_minutes)


def _asks(container: Container, need: Need) -> Task | None:
    limit = _limit(container, need)
    if limit is None or container.done("transfer"):
        return None
    return Task(step="transfer", test=need.test, due_at=limit)


def _judges(container: Container, need: Need, as_of: datetime) -> Iterator[Flag]:
    limit = _limit(container, need)
    if limit is None:
        return
    run = container.done("transfer")
    if run is not None:
        yield from past("TRANSFER_LATE", need.test, limit, run.started_at)
    elif container.state not in ENDS:
        yield from past("TRANSFER_LATE", need.test, limit, as_of)


STEP = Step("transfer", N_("Transfer"), 40, point=True, asks=_asks, judges=_judges)
