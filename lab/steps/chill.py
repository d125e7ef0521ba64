"""Chill: into ice slurry from the draw on. What comes too late, the use-by tells."""

from __future__ import annotations

from clinic.domain.words import N_
from lab.domain.container import Container
from lab.domain.need import Need
from lab.steps.step import Step, Task


def _asks(container: Container, need: Need) -> Task | None:
    if not need.on_ice or any(stay.condition in {"on_ice", "frozen"} for stay in container.stays):
        return None
    return Task(step="chill", test=need.test, due_at=container.collected_at)


STEP = Step("chill", N_("On ice"), 30, asks=_asks)
