"""Entering a colleague outside the practice: one who refers or supervises and never bills here."""

from __future__ import annotations

from clinic.domain.set_up import ProviderFacts, as_kept
from clinic.models import Provider
from clinic.services.acting import Actor, acting
from clinic.services.changing import enter, said


def enter_provider(actor: Actor, facts: ProviderFacts) -> int:
    """Enter a colleague; gives their id.

    Raises:
        Refused: a number is none.
    """
    kept = as_kept(facts)
    with acting(actor, "practice.write") as work:
        return enter(work, Provider(practice_id=actor.practice_id, outside=True, **said(kept)), kept)
