"""What a replay answers, from how each container stood after each of its acts. Pure; the shapes of DESIGN section 4."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from clinic.domain.value import Value
from lab.domain.container import Container
from lab.domain.stability import use_by
from lab.domain.wall_clock import shown as as_shown
from lab.steps.registry import flags_of, shown, task_of


class Moment(NamedTuple):
    """How a container stood from an instant on; without one, from before the file begins."""

    since: datetime | None
    container: Container


class UseBy(Value, frozen=True, kw_only=True):
    """Until when a container serves a test."""

    container: str
    test: str
    at: str | None


class Raised(Value, frozen=True, kw_only=True):
    """A limit that was not kept."""

    container: str
    code: str
    minutes: int


class Next(Value, frozen=True, kw_only=True):
    """What was to be done at an instant."""

    at: str | None
    container: str
    step: str
    due: str | None


class RefusedEvent(Value, frozen=True, kw_only=True):
    """An event that changed nothing, and the code of why."""

    event: int
    why: str


class Charge(Value, frozen=True, kw_only=True):
    """What can be charged; no price."""

    visit: str
    code: str
    modifiers: tuple[str, ...]
    units: int


class Answer(Value, frozen=True, kw_only=True):
    """What ``flask lab replay`` prints."""

    use_by: tuple[UseBy, ...]
    flags: tuple[Raised, ...]
    next: tuple[Next, ...]
    refused: tuple[RefusedEvent, ...]
    charges: tuple[Charge, ...]


GONE = frozenset({"rejected", "missed", "lost", "used_up", "disposed", "void"})
"""States in which nothing in a container may be used any more."""

Histories = Mapping[str, Sequence[Moment]]


def use_bys(histories: Histories, zone: ZoneInfo) -> tuple[UseBy, ...]:
    """A row for each container and test, by time (none at the end), container, test."""
    rows = [
        (use_by(moments[-1].container, need), name, need.test)
        for name, moments in histories.items()
        if moments[-1].container.state not in GONE
        for need in moments[-1].container.needs
    ]
    ordered = sorted(rows, key=lambda row: (row[0] is None, row[0].timestamp() if row[0] else 0, row[1], row[2]))
    return tuple(UseBy(container=name, test=test, at=as_shown(at, zone)) for at, name, test in ordered)


def flags(histories: Histories, as_of: datetime | None) -> tuple[Raised, ...]:
    """What was not kept, as of the last moment the file names, by container and code."""
    if as_of is None:
        return ()
    return tuple(
        Raised(container=name, code=flag.code, minutes=flag.minutes)
        for name in sorted(histories)
        if histories[name][-1].container.state != "void"
        for flag in flags_of(histories[name][-1].container, as_of)
    )


def nexts(histories: Histories, asks: Sequence[datetime], zone: ZoneInfo) -> tuple[Next, ...]:
    """What was to be done at each of the instants, by instant and container."""
    return tuple(
        row for at in sorted(asks) for name in sorted(histories) for row in _next(name, histories[name], at, zone)
    )


def _next(name: str, moments: Sequence[Moment], at: datetime, zone: ZoneInfo) -> Iterator[Next]:
    standing = next((each for each in reversed(moments) if each.since is None or each.since <= at), None)
    if standing is None or standing.container.state == "packed":  # in its package: what follows is the package's matter
        return
    task = task_of(standing.container)
    if task is None:
        return
    step, due = shown(task, at)
    yield Next(at=as_shown(at, zone), container=name, step=step, due=as_shown(due, zone))
