"""Collect: the draw itself, at its time where a drink came before it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from clinic.domain.words import N_
from lab.domain.container import Container
from lab.domain.need import Need
from lab.steps.step import Flag, Step, Task, minutes_past


def _window(container: Container, need: Need) -> tuple[datetime, datetime] | None:
    drink = container.done("drink")
    if need.drink_minutes is None or drink is None:
        return None
    aim = drink.started_at + timedelta(minutes=need.drink_minutes)
    slack = timedelta(minutes=need.drink_slack_minutes or 0)
    return aim - slack, aim + slack


def _asks(container: Container, need: Need) -> Task | None:
    if container.collected_at is not None:
        return None
    window = _window(container, need)
    aim = window and window[0] + (window[1] - window[0]) / 2
    return Task(step="collect", test=need.test, due_at=aim)


def _judges(container: Container, need: Need, _as_of: datetime) -> Iterator[Flag]:
    window = _window(container, need)
    drawn = container.collected_at
    if window is None or drawn is None:
        return
    if drawn < window[0]:
        yield Flag(code="DRAW_EARLY", minutes=minutes_past(drawn, window[0]), test=need.test)
    if drawn > window[1]:
        yield Flag(code="DRAW_LATE", minutes=minutes_past(window[1], drawn), test=need.test)


STEP = Step("collect", N_("Collect"), 10, asks=_asks, judges=_judges)
