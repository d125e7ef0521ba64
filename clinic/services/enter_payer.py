"""Entering a payer."""

from __future__ import annotations

from clinic.domain.set_up import PayerFacts, as_kept
from clinic.models import Payer
from clinic.services.acting import Actor, acting
from clinic.services.changing import enter, said
from clinic.services.choices import among, claim_filings
from clinic.services.naming import only_one


def enter_payer(actor: Actor, facts: PayerFacts) -> int:
    """Enter a payer; gives its id.

    Raises:
        Refused: a number is none, or there is a payer of that name.
    """
    kept = checked(facts)
    with acting(actor, "payer.write") as work:
        only_one(work, Payer, kept.name)
        return enter(work, Payer(practice_id=actor.practice_id, **said(kept)), kept)


def checked(facts: PayerFacts) -> PayerFacts:
    """The facts as they are kept.

    Raises:
        Refused: a number is none, or a choice is not of its list.
    """
    kept = as_kept(facts)
    among(kept.filing, claim_filings(), "filing")
    return kept
