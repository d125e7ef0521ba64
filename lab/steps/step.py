"""The shape of a step: what it asks of a container for one test, and what it says when a limit was not kept."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import NamedTuple

from clinic.domain.value import Value
from lab.domain.container import Container
from lab.domain.need import Need


class Task(Value, frozen=True, kw_only=True):
    """Something still to be done to a container."""

    step: str
    test: str | None = None
    ready_at: datetime | None = None
    """Not before this: clotting, spinning, reading take their time."""
    due_at: datetime | None = None
    """Not after this; None where nothing was stated."""
    running: bool = False
    """It is under way: what is due is its end."""


class Flag(Value, frozen=True, kw_only=True):
    """A limit that was not kept. ``minutes`` are whole, rounded up; 0 where the limit is none of time."""

    code: str
    minutes: int
    test: str


Asks = Callable[[Container, Need], Task | None]
"""What the step still asks of a container for a test."""
Judges = Callable[[Container, Need, datetime], Iterator[Flag]]
"""What was not kept, as of an instant: a limit still open is late once it is past."""


def _asks_nothing(_container: Container, _need: Need) -> Task | None:
    return None


def _judges_nothing(_container: Container, _need: Need, _as_of: datetime) -> Iterator[Flag]:
    yield from ()


class Step(NamedTuple):
    """One kind of step."""

    key: str
    words: str
    """What is done, as a heading and on the step's card; a message id."""
    order: int
    """Of two that are asked, the lower comes first."""
    timed: bool = False
    """It has a start and an end."""
    point: bool = False
    """It is done at one instant."""
    asks: Asks = _asks_nothing
    judges: Judges = _judges_nothing
    own: bool = True
    """Asked of containers that were collected, not of aliquots poured off them."""


def minutes_past(limit: datetime, at: datetime) -> int:
    """Whole minutes by which an instant is past a limit, rounded up; 0 on the limit and before it."""
    past = at - limit
    return max(0, -(-past // timedelta(minutes=1)))


def past(code: str, test: str, limit: datetime, at: datetime) -> Iterator[Flag]:
    """A flag where the instant is past the limit."""
    if at > limit:
        yield Flag(code=code, minutes=minutes_past(limit, at), test=test)
