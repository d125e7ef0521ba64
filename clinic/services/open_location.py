"""Opening a place of care."""

from __future__ import annotations

from clinic.domain.set_up import LocationFacts, as_kept
from clinic.models import Location
from clinic.services.acting import Actor, acting
from clinic.services.changing import enter, said
from clinic.services.choices import among, places_of_service, time_zones
from clinic.services.naming import only_one


def open_location(actor: Actor, facts: LocationFacts) -> int:
    """Open a place; gives its id.

    Raises:
        Refused: a number is none, or there is a place of that name.
    """
    kept = checked(facts)
    with acting(actor, "practice.write") as work:
        only_one(work, Location, kept.name)
        return enter(work, Location(practice_id=actor.practice_id, **said(kept)), kept)


def checked(facts: LocationFacts) -> LocationFacts:
    """The facts as they are kept.

    Raises:
        Refused: a number is none, or a choice is not of its list.
    """
    kept = as_kept(facts)
    among(kept.place_of_service, places_of_service(), "place_of_service")
    among(kept.time_zone, time_zones(), "time_zone")
    return kept
