"""What the find line looks through: one registry, to which each package declares its own."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any, NamedTuple

from clinic.domain.value import Value
from clinic.services.acting import Actor


class Asked(Value, frozen=True):
    """What was typed: all of it, the words that are no dates, and the date if one is among them."""

    text: str
    words: tuple[str, ...] = ()
    day: date | None = None


class Found(NamedTuple):
    """One thing that was found, as the list shows it."""

    title: str
    code: str
    """Its number as people know it."""
    more: str = ""
    endpoint: str | None = None
    arguments: dict[str, Any] | None = None
    exact: bool = False
    """What was typed is its number: there is nothing else to choose."""
    patient_id: int | None = None
    """Whose it is, for the journal of reads."""
    on: date | datetime | None = None


class Finder(NamedTuple):
    """A kind of things: its words, the right one needs to see them, how to find them."""

    name: str
    words: str
    right: str
    find: Callable[[Actor, Asked, int], list[Found]]
    """By what was asked, at most so many, in one SQL statement."""
    of_patients: Callable[[Actor, tuple[int, ...], int], list[Found]] | None = None
    """What these patients have, latest first: for the patient's page to show what clinic does not know of."""
    order: int = 50


FINDERS: dict[str, Finder] = {}


def declare(*rows: Finder) -> None:
    """Add finders to the registry."""
    FINDERS.update((row.name, row) for row in rows)


def in_order() -> list[Finder]:
    """All finders as the page has them."""
    return sorted(FINDERS.values(), key=lambda row: (row.order, row.name))
