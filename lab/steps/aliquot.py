"""Aliquot: poured off into a container of its own, which inherits identity, time and clock."""

from __future__ import annotations

from clinic.domain.words import N_
from lab.domain.container import Container
from lab.domain.need import Need
from lab.steps.separate import limit_of
from lab.steps.step import Step, Task


def _asks(container: Container, need: Need) -> Task | None:
    if not need.pour_off or need.test in container.moved or container.done("aliquot"):
        return None
    return Task(step="aliquot", test=need.test, due_at=limit_of(container, need))


STEP = Step("aliquot", N_("Pour off"), 60, asks=_asks)
