"""Setting devices up and changing them. A card's text is given once and stays, so that printed cards stay good."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace
from sqlalchemy import select

from clinic.base import db
from clinic.models import Location
from clinic.services.acting import Actor, acting
from clinic.services.changing import change, enter, facts_of, held, said
from clinic.services.find import one
from clinic.services.naming import only_one
from clinic.services.number import next_number
from lab.domain.furniture import DeviceFacts, check_device
from lab.models import Device

RIGHT = "lab.catalogue"


def devices(actor: Actor) -> Sequence[Device]:
    """All of the practice, those in use first."""
    wanted = select(Device).where(Device.practice_id == actor.practice_id)
    return db.session.scalars(wanted.order_by(Device.active.desc(), Device.kind, Device.name)).all()


def set_up_device(actor: Actor, facts: DeviceFacts) -> int:
    """Set a device up; gives its id.

    Raises:
        Refused: it cannot be used so, or there is one of that name.
        Unknown: there is no such place of care.
    """
    check_device(facts)
    with acting(actor, RIGHT) as work:
        one(actor, Location, facts.location_id)
        only_one(work, Device, facts.name)
        kept = replace(facts, card=f"DEV-{next_number(work, 'device_card'):04d}")
        return enter(work, Device(practice_id=actor.practice_id, **said(kept)), kept)


def change_device(actor: Actor, device_id: int, facts: DeviceFacts, seen: str) -> None:
    """Change a device as it was seen.

    Raises:
        Refused: it cannot be used so, or another has that name.
        Overtaken: someone else changed it meanwhile.
        Unknown: there is no such device.
    """
    check_device(facts)
    with acting(actor, RIGHT) as work:
        row = held(work, Device, device_id)
        one(actor, Location, facts.location_id)
        only_one(work, Device, facts.name, but=device_id)
        change(work, row, replace(facts, card=row.card), seen)


def device_facts(row: Device) -> DeviceFacts:
    """A device as a form shows it."""
    return facts_of(DeviceFacts, row)
