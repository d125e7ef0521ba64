"""Changing an enrolment: the payer's answer, its number, its end."""

from __future__ import annotations

from datetime import date

from msgspec.structs import replace

from billing.domain.routes import EnrolmentFacts, in_order
from billing.models import Enrolment
from billing.services.enter_enrolment import columns, must_hold
from clinic.services.acting import Actor, Work, acting
from clinic.services.changing import facts_of, held, tell_change


def change_enrolment(actor: Actor, enrolment_id: int, facts: EnrolmentFacts, seen: str) -> None:
    """Change an enrolment as it was seen.

    Raises:
        Refused: a day is missing, out of order or ahead, or the provider does not bill here.
        Unknown: there is no such enrolment or provider.
        Overtaken: someone else changed it meanwhile.
    """
    kept = in_order(facts)
    with acting(actor, "enrolment.write") as work:
        must_hold(work, kept)
        _change(work, held(work, Enrolment, enrolment_id), kept, seen)


def end_enrolment(actor: Actor, enrolment_id: int, on: date, seen: str) -> None:
    """End an enrolment on a day, its last one; one that was never granted is over without an answer.

    Raises:
        Refused: it starts later.
        Unknown: there is no such enrolment.
        Overtaken: someone else changed it meanwhile.
    """
    with acting(actor, "enrolment.write") as work:
        row = held(work, Enrolment, enrolment_id)
        _change(work, row, in_order(replace(facts_of(EnrolmentFacts, row), ends=on)), seen)


def _change(work: Work, row: Enrolment, kept: EnrolmentFacts, seen: str) -> None:
    if tell_change(work, row, facts_of(EnrolmentFacts, row), kept, seen):
        for name, value in columns(kept).items():
            setattr(row, name, value)
