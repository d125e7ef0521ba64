"""Changing a laboratory, or no longer sending to it."""

from __future__ import annotations

from clinic.services.acting import Actor, acting
from clinic.services.changing import change, held
from clinic.services.naming import only_one
from lab.domain.laboratory import LaboratoryFacts, checked
from lab.models import Laboratory


def change_laboratory(actor: Actor, laboratory_id: int, facts: LaboratoryFacts, seen: str) -> None:
    """Change a laboratory as it was seen.

    Raises:
        Refused: a number or time is none, or another has that name.
        Unknown: there is no such laboratory.
        Overtaken: someone else changed it meanwhile.
    """
    kept = checked(facts)
    with acting(actor, "lab.catalogue") as work:
        row = held(work, Laboratory, laboratory_id)
        only_one(work, Laboratory, kept.name, but=laboratory_id)
        change(work, row, kept, seen)
