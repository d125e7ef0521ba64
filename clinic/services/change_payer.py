"""Changing a payer, or no longer offering it."""

from __future__ import annotations

from clinic.domain.set_up import PayerFacts
from clinic.models import Payer, Practice
from clinic.services.acting import Actor, acting
from clinic.services.changing import change, held
from clinic.services.enter_payer import checked
from clinic.services.naming import only_one


def change_payer(actor: Actor, payer_id: int, facts: PayerFacts, seen: str) -> None:
    """Change a payer as it was seen. What was sent to it before keeps what it said (law 3).

    Raises:
        Refused: a number is none, or another payer has that name.
        Unknown: there is no such payer.
        Overtaken: someone else changed it meanwhile.
    """
    kept = checked(facts)
    with acting(actor, "payer.write") as work:
        row = held(work, Payer, payer_id)
        only_one(work, Payer, kept.name, but=payer_id)
        if kept.payer_number != row.payer_number:
            # who keeps what answers for a payer's number reads it again
            work.session.get_one(Practice, actor.practice_id, populate_existing=True).payer_profiles += 1
        change(work, row, kept, seen)
