"""Spin: long enough, hard enough. Once: a gel tube is never spun again."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from clinic.domain.words import N_
from lab.domain.container import Container
from lab.domain.need import Need
from lab.steps.clot import clotted_at
from lab.steps.separate import limit_of, separated_at
from lab.steps.step import Flag, Step, Task, minutes_past


def _asks(container: Container, need: Need) -> Task | None:
    if need.spin_minutes is None or container.done("spin") or separated_at(container, need):
        return None
    return Task(step="spin", test=need.test, ready_at=clotted_at(container, need), due_at=limit_of(container, need))


def _judges(container: Container, need: Need, _as_of: datetime) -> Iterator[Flag]:
    spins = [run for run in container.runs if run.step == "spin" and run.ended_at is not None]
    if need.spin_minutes is None or not spins:
        return
    wanted = timedelta(minutes=need.spin_minutes)
    longest = max(spins, key=lambda run: (run.ended_at or run.started_at) - run.started_at)
    if longest.ended_at is not None and longest.ended_at - longest.started_at < wanted:
        yield Flag(
            code="SPIN_SHORT", minutes=minutes_past(longest.ended_at, longest.started_at + wanted), test=need.test
        )
    forces = [run.g for run in spins if run.g is not None]
    if need.rcf_g is not None and forces and max(forces) < need.rcf_g:
        yield Flag(code="FORCE_LOW", minutes=0, test=need.test)


STEP = Step("spin", N_("Spin"), 50, timed=True, asks=_asks, judges=_judges)
