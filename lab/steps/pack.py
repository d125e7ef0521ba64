"""Pack or test: what the specimen was taken for, before its use-by."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from clinic.domain.words import N_
from lab.domain.container import HERE, Container
from lab.domain.need import Need
from lab.domain.stability import use_by
from lab.steps.incubate import incubated_in_time
from lab.steps.step import Flag, Step, Task, past


def _asks(container: Container, need: Need) -> Task | None:
    if container.state == "packed" and not need.in_house:
        return Task(step="hand_over", test=need.test, due_at=use_by(container, need))
    return Task(step="test" if need.in_house else "pack", test=need.test, due_at=use_by(container, need))


def _judges(container: Container, need: Need, as_of: datetime) -> Iterator[Flag]:
    limit = use_by(container, need)
    if limit is None or need.test in container.moved or incubated_in_time(container, need):
        return
    here = container.state in HERE
    resulted = next((at for test, at in container.resulted if test == need.test), None)
    if resulted is not None and container.packed_at is None:
        yield from past("EXPIRED", need.test, limit, resulted)
    elif resulted is None and here:
        yield from past("EXPIRED", need.test, limit, as_of)
    else:
        known = [at for at in (container.packed_at, container.sent_at, container.received_at) if at is not None]
        if known:
            yield from past("EXPIRED", need.test, limit, max(known))


STEP = Step("pack", N_("Pack"), 100, asks=_asks, judges=_judges, own=False)
