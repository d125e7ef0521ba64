"""Separate: serum or plasma off the cells in time, by the end of the spin or by pouring off."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from clinic.domain.words import N_
from lab.domain.container import ENDS, Container
from lab.domain.need import Need
from lab.steps.step import Flag, Step, past


def limit_of(container: Container, need: Need) -> datetime | None:
    """Until when it must be off the cells."""
    if need.separate_within_minutes is None or container.collected_at is None:
        return None
    return container.collected_at + timedelta(minutes=need.separate_within_minutes)


def separated_at(container: Container, need: Need) -> datetime | None:
    """When it was off the cells: where that is by pouring off, the end of a spin alone does not count."""
    how = {"aliquot"} if need.separated_by == "aliquot" else {"spin", "aliquot"}
    ends = [run.ended_at for run in container.runs if run.step in how and run.ended_at is not None]
    return min(ends, default=None)


def _judges(container: Container, need: Need, as_of: datetime) -> Iterator[Flag]:
    limit = limit_of(container, need)
    if limit is None:
        return
    at = separated_at(container, need)
    if at is not None:
        yield from past("SEPARATED_LATE", need.test, limit, at)
    elif container.state not in ENDS:
        yield from past("SEPARATED_LATE", need.test, limit, as_of)


STEP = Step("separate", N_("Separate"), 55, judges=_judges)
