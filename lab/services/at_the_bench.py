"""What the bench's acts share: one container, one instant, one transaction."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import NamedTuple

from clinic.services.acting import Actor, Work, acting
from clinic.services.find import one
from lab.models import Specimen

RIGHT = "lab.work"


class Hand(NamedTuple):
    """A container in hand within an act under way."""

    work: Work
    row: Specimen
    at: datetime
    """When it happens: now, unless an earlier instant was told."""


@contextmanager
def in_hand(actor: Actor, specimen_id: int, at: datetime | None = None, *, right: str = RIGHT) -> Iterator[Hand]:
    """Open an act on one container.

    Raises:
        NotAllowed: the actor does not hold the right.
        Unknown: there is no such container in the practice.
    """
    with acting(actor, right) as work:
        yield hold(work, specimen_id, at)


def hold(work: Work, specimen_id: int, at: datetime | None = None) -> Hand:
    """Take a container in hand inside an act that is under way."""
    row = one(work.actor, Specimen, specimen_id)
    work.session.refresh(row)
    return Hand(work, row, at or work.at)
