"""The queues of the house: one registry, shown in the rail and on Today. Each screen that is a queue declares its row.

A row without ``count`` is a place to go to (Today, House) and is not listed on Today.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Date, Row, cast, func, literal, null

from clinic.domain.words import N_
from clinic.services.acting import Actor

GROUPS = {"billing": N_("Billing"), "care": N_("Care"), "bench": N_("Bench"), "practice": N_("Practice")}
"""Headings of the rail, in its order."""

YOUNG, OLD = timedelta(days=1), timedelta(days=3)
"""The ages at which the bar of a queue changes its ink."""


@dataclass(frozen=True, slots=True)
class QueueState:
    """How a queue stands: how many wait, since when the longest, how many past the limit, and how old they are."""

    count: int
    oldest: datetime | None = None
    late: int = 0
    ages: tuple[int, int, int] = (0, 0, 0)
    """Under a day, one to three days, over three days. They add up to ``count``."""
    due: date | None = None
    """The nearest day by which something in it must have reached someone outside the house."""


Counted = QueueState | Mapping[str, QueueState]


@dataclass(frozen=True, slots=True)
class Queue:
    """One row: ``words`` for a wide rail, ``short`` (at most 8 letters) for a narrow one, the right that opens it.

    ``count`` gives the row's state, in one SQL statement. Several rows may share one function that gives the state
    of each by its name: it is called once.
    """

    name: str
    words: str
    short: str
    right: str
    endpoint: str
    count: Callable[[Actor], Counted] | None = None
    limit: timedelta | None = None
    """How long anything may wait here before it is late."""
    group: str = "practice"
    order: int = 50
    daily: frozenset[str] = frozenset()
    """The roles whose daily work it is: they see it first on Today."""


QUEUES: dict[str, Queue] = {}


def declare(*rows: Queue) -> None:
    """Add rows to the registry.

    Raises:
        ValueError: a group nobody knows.
    """
    for row in rows:
        if row.group not in GROUPS:
            raise ValueError(f"the queue {row.name} is in the group {row.group}, which does not exist")
        QUEUES[row.name] = row


def in_order() -> list[Queue]:
    """All rows as the rail has them."""
    groups = list(GROUPS)
    return sorted(QUEUES.values(), key=lambda row: (groups.index(row.group), row.order, row.name))


def states(rows: Iterable[Queue], actor: Actor) -> dict[str, QueueState]:
    """The state of each row that counts, each counting function called once."""
    found: dict[Callable[[Actor], Counted], Counted] = {}
    answer: dict[str, QueueState] = {}
    for row in rows:
        if row.count is None:
            continue
        if row.count not in found:
            found[row.count] = row.count(actor)
        counted = found[row.count]
        answer[row.name] = counted if isinstance(counted, QueueState) else counted.get(row.name, QueueState(0))
    return answer


def aged(
    since: ColumnElement[datetime] | Any, now: datetime, limit: timedelta | None, due: Any = None
) -> tuple[Any, ...]:
    """The six columns that ``state`` reads, for a SELECT over what waits.

    ``since`` is when each began to wait, ``due`` the column with its deadline, where there is one.
    """
    late = literal(0) if limit is None else func.count().filter(since < now - limit)
    return (
        func.count().label("waiting"),
        func.min(since).label("oldest"),
        late.label("late"),
        func.count().filter(since < now - YOUNG).label("day"),
        func.count().filter(since < now - OLD).label("days"),
        (cast(null(), Date) if due is None else func.min(due)).label("due"),
    )


def state(row: Row[Any]) -> QueueState:
    """What a SELECT of ``aged`` columns says."""
    count, day, days = row.waiting, row.day, row.days
    return QueueState(count, row.oldest, row.late, (count - day, day - days, days), row.due)


def together(one: QueueState | None, other: QueueState) -> QueueState:
    """How two parts of a queue stand as one."""
    if one is None:
        return other
    young, middle, old = (sum(pair) for pair in zip(one.ages, other.ages, strict=True))
    return QueueState(
        one.count + other.count,
        min((each for each in (one.oldest, other.oldest) if each), default=None),
        one.late + other.late,
        (young, middle, old),
        min((each for each in (one.due, other.due) if each), default=None),
    )
