"""Entering a laboratory."""

from __future__ import annotations

from clinic.services.acting import Actor, acting
from clinic.services.changing import enter, said
from clinic.services.naming import only_one
from lab.domain.laboratory import LaboratoryFacts, checked
from lab.models import Laboratory


def enter_laboratory(actor: Actor, facts: LaboratoryFacts) -> int:
    """Enter a laboratory; gives its id.

    Raises:
        Refused: a number or time is none, or there is one of that name.
    """
    kept = checked(facts)
    with acting(actor, "lab.catalogue") as work:
        only_one(work, Laboratory, kept.name)
        return enter(work, Laboratory(practice_id=actor.practice_id, **said(kept)), kept)
