"""Changing or closing a place of care."""

from __future__ import annotations

from clinic.domain.set_up import LocationFacts
from clinic.models import Location
from clinic.services.acting import Actor, acting
from clinic.services.changing import change, held
from clinic.services.naming import only_one
from clinic.services.open_location import checked


def change_location(actor: Actor, location_id: int, facts: LocationFacts, seen: str) -> None:
    """Change a place as it was seen.

    Raises:
        Refused: a number is none, or another place has that name.
        Unknown: there is no such place.
        Overtaken: someone else changed it meanwhile.
    """
    kept = checked(facts)
    with acting(actor, "practice.write") as work:
        row = held(work, Location, location_id)
        only_one(work, Location, kept.name, but=location_id)
        change(work, row, kept, seen)
