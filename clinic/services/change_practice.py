"""Changing the practice: its names, numbers and addresses, and what a claim needs before it leaves."""

from __future__ import annotations

from clinic.domain.refusal import Refused
from clinic.domain.set_up import STEPS, PracticeFacts, as_kept
from clinic.domain.words import N_
from clinic.models import Practice
from clinic.services.acting import Actor, acting
from clinic.services.changing import change, held
from clinic.services.choices import among


def change_practice(actor: Actor, facts: PracticeFacts, seen: str) -> None:
    """Change the practice as it was seen (``changing.print_of`` its facts).

    Raises:
        Refused: a number is none, or a pay-to address is half an address.
        Overtaken: someone else changed it meanwhile.
    """
    kept = as_kept(facts)
    for name in ("steps", "four_eyes"):
        for step in getattr(kept, name):
            among(step, STEPS, name)
    pay_to = (kept.pay_to_street, kept.pay_to_city, kept.pay_to_state, kept.pay_to_postal_code)
    if any(pay_to) and not all(pay_to):
        names = ("pay_to_street", "pay_to_city", "pay_to_state", "pay_to_postal_code")
        missing = next(name for name in names if not getattr(kept, name))
        raise Refused(
            N_("An address where money goes needs street, city, state and ZIP code."),
            where=missing,
            remedy=N_("Fill it, or leave all four blank."),
        )
    with acting(actor, "practice.write") as work:
        change(work, held(work, Practice, actor.practice_id), kept, seen)
