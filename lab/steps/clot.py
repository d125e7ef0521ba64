"""Clot: upright from the draw until the spin starts (CLSI GP44 as publicly taught: 30 to 60 minutes)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from clinic.domain.words import N_
from lab.domain.container import Container
from lab.domain.need import Need
from lab.steps.step import Flag, Step, minutes_past


def clotted_at(container: Container, need: Need) -> datetime | None:
    """When it has clotted long enough, None where it need not or is not drawn."""
    if need.clot_minutes is None or container.collected_at is None:
        return None
    return container.collected_at + timedelta(minutes=need.clot_minutes)


def _judges(container: Container, need: Need, _as_of: datetime) -> Iterator[Flag]:
    until = clotted_at(container, need)
    spin = next((run for run in container.runs if run.step == "spin"), None)
    if until is not None and spin is not None and spin.started_at < until:
        yield Flag(code="CLOT_SHORT", minutes=minutes_past(spin.started_at, until), test=need.test)


STEP = Step("clot", N_("Clot"), 45, judges=_judges)
