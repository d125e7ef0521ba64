"""Putting a container somewhere: at a place of the house, or under a condition that is told in words."""

from __future__ import annotations

from datetime import datetime

from clinic.services.acting import Actor
from clinic.services.find import one
from lab.domain.catalogue import Condition
from lab.domain.container import NotPossible
from lab.domain.events import Stored
from lab.domain.refusals import refused
from lab.models import StoragePlace
from lab.services.at_the_bench import in_hand
from lab.services.specimens import tell

CONDITIONS: tuple[Condition, ...] = ("room", "refrigerated", "frozen", "on_ice")


def store(
    actor: Actor,
    specimen_id: int,
    condition: str | None = None,
    at: datetime | None = None,
    *,
    place_id: int | None = None,
    reason: str | None = None,
) -> None:
    """Tell where a container stands from now on: its clock runs by that.

    Raises:
        Refused: neither a place nor a known condition was told, or it does not fit.
        Unknown: there is no such place or container.
    """
    with in_hand(actor, specimen_id, at) as hand:
        if place_id is not None:
            condition = one(actor, StoragePlace, place_id).condition
        kept = next((known for known in CONDITIONS if known == condition), None)
        if kept is None:
            raise refused(NotPossible("bad_field"), "condition")
        body = Stored(at=hand.at, condition=kept, place_id=place_id)
        tell(hand.work, hand.row, "specimen.stored", body, reason=reason)
