"""Entering who takes the practice's files."""

from __future__ import annotations

from billing.domain.routes import ClearinghouseFacts
from billing.models import Clearinghouse
from clinic.domain.set_up import as_kept
from clinic.services.acting import Actor, acting
from clinic.services.changing import enter, said
from clinic.services.naming import only_one


def enter_clearinghouse(actor: Actor, facts: ClearinghouseFacts) -> int:
    """Enter a clearinghouse; gives its id.

    Raises:
        Refused: an id is none, or there is a clearinghouse of that name.
    """
    kept = as_kept(facts)
    with acting(actor, "route.write") as work:
        only_one(work, Clearinghouse, kept.name)
        return enter(work, Clearinghouse(practice_id=actor.practice_id, **said(kept)), kept)
