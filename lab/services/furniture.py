"""Setting up what stands at a bench and changing it: devices and places alike.

A card's text is given once and stays, so that printed cards stay good.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from msgspec.structs import replace
from sqlalchemy import select

from clinic.base import db
from clinic.models import Location
from clinic.services.acting import Actor, acting
from clinic.services.changing import change, enter, facts_of, held, said
from clinic.services.find import one
from clinic.services.naming import only_one
from clinic.services.number import next_number
from lab.domain.furniture import DeviceFacts, PlaceFacts, check_device, check_place
from lab.models import Device, StoragePlace

RIGHT = "lab.catalogue"
Facts = DeviceFacts | PlaceFacts


class Kind(NamedTuple):
    """A table of furniture: its check, and the word its cards begin with."""

    model: Any
    check: Callable[[Any], None]
    card: str


KINDS: dict[type[Facts], Kind] = {
    DeviceFacts: Kind(Device, check_device, "DEV"),
    PlaceFacts: Kind(StoragePlace, check_place, "PLACE"),
}


def devices(actor: Actor) -> Sequence[Device]:
    """All of the practice, those in use first."""
    wanted = select(Device).where(Device.practice_id == actor.practice_id)
    return db.session.scalars(wanted.order_by(Device.active.desc(), Device.kind, Device.name)).all()


def places(actor: Actor) -> Sequence[StoragePlace]:
    """All of the practice, those in use first."""
    wanted = select(StoragePlace).where(StoragePlace.practice_id == actor.practice_id)
    order = (StoragePlace.active.desc(), StoragePlace.condition, StoragePlace.name)
    return db.session.scalars(wanted.order_by(*order)).all()


def set_up_furniture(actor: Actor, facts: Facts) -> int:
    """Set a device or place up; gives its id.

    Raises:
        Refused: it cannot be used so, or there is one of that name.
        Unknown: there is no such place of care.
    """
    kind = KINDS[type(facts)]
    kind.check(facts)
    with acting(actor, RIGHT) as work:
        one(actor, Location, facts.location_id)
        only_one(work, kind.model, facts.name)
        number = next_number(work, f"{kind.card.lower()}_card")
        kept = replace(facts, card=f"{kind.card}-{number:04d}")
        return enter(work, kind.model(practice_id=actor.practice_id, **said(kept)), kept)


def change_furniture(actor: Actor, row_id: int, facts: Facts, seen: str) -> None:
    """Change a device or place as it was seen.

    Raises:
        Refused: it cannot be used so, or another has that name.
        Overtaken: someone else changed it meanwhile.
        Unknown: there is none of that id.
    """
    kind = KINDS[type(facts)]
    kind.check(facts)
    with acting(actor, RIGHT) as work:
        row = held(work, kind.model, row_id)
        one(actor, Location, facts.location_id)
        only_one(work, kind.model, facts.name, but=row_id)
        change(work, row, replace(facts, card=row.card), seen)


def furniture_facts(row: Device | StoragePlace) -> Facts:
    """A device or place as a form shows it."""
    return facts_of(DeviceFacts, row) if isinstance(row, Device) else facts_of(PlaceFacts, row)
