"""Setting places up and changing them. A card's text is given once and stays, so that printed cards stay good."""

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
from lab.domain.furniture import PlaceFacts, check_place
from lab.models import StoragePlace

RIGHT = "lab.catalogue"


def places(actor: Actor) -> Sequence[StoragePlace]:
    """All of the practice, those in use first."""
    wanted = select(StoragePlace).where(StoragePlace.practice_id == actor.practice_id)
    return db.session.scalars(
        wanted.order_by(StoragePlace.active.desc(), StoragePlace.condition, StoragePlace.name)
    ).all()


def set_up_place(actor: Actor, facts: PlaceFacts) -> int:
    """Set a place up; gives its id.

    Raises:
        Refused: it cannot be used so, or there is one of that name.
        Unknown: there is no such place of care.
    """
    check_place(facts)
    with acting(actor, RIGHT) as work:
        one(actor, Location, facts.location_id)
        only_one(work, StoragePlace, facts.name)
        kept = replace(facts, card=f"PLACE-{next_number(work, 'place_card'):04d}")
        return enter(work, StoragePlace(practice_id=actor.practice_id, **said(kept)), kept)


def change_place(actor: Actor, place_id: int, facts: PlaceFacts, seen: str) -> None:
    """Change a place as it was seen.

    Raises:
        Refused: it cannot be used so, or another has that name.
        Overtaken: someone else changed it meanwhile.
        Unknown: there is no such place.
    """
    check_place(facts)
    with acting(actor, RIGHT) as work:
        row = held(work, StoragePlace, place_id)
        one(actor, Location, facts.location_id)
        only_one(work, StoragePlace, facts.name, but=place_id)
        change(work, row, replace(facts, card=row.card), seen)


def place_facts(row: StoragePlace) -> PlaceFacts:
    """A place as a form shows it."""
    return facts_of(PlaceFacts, row)
