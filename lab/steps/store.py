"""Store: where the test keeps best; a place where it does not keep at all is told."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from clinic.domain.words import N_
from lab.domain.container import Container
from lab.domain.need import Need
from lab.domain.stability import use_by
from lab.steps.step import Flag, Step, Task


def _asks(container: Container, need: Need) -> Task | None:
    now = "refrigerated" if container.condition == "on_ice" else container.condition
    if not need.storage or now in need.storage or need.in_house:
        return None
    return Task(step="store", test=need.test, due_at=use_by(container, need))


def _judges(container: Container, need: Need, _as_of: datetime) -> Iterator[Flag]:
    if need.test in container.moved:
        return
    for stay in container.stays[1:]:
        inherited = container.poured_at is not None and stay.since < container.poured_at
        if not inherited and need.keeps(stay.condition) == timedelta(0):
            yield Flag(code="STORAGE_WRONG", minutes=0, test=need.test)
            return


STEP = Step("store", N_("Put away"), 90, asks=_asks, judges=_judges, own=False)
