"""Entering that a payer was asked for, or has granted, an enrolment."""

from __future__ import annotations

from sqlalchemy import select

from billing.domain.routes import EnrolmentFacts, in_order
from billing.models import Enrolment
from clinic.domain.refusal import Refused
from clinic.domain.words import N_
from clinic.models import Payer, Provider
from clinic.services.acting import Actor, Work, acting
from clinic.services.changing import enter, held, said
from clinic.services.clock import today
from clinic.services.find import Unknown


def enter_enrolment(actor: Actor, payer_id: int, facts: EnrolmentFacts) -> int:
    """Enter an enrolment with a payer; gives its id.

    Raises:
        Refused: a day is missing, out of order or ahead, or the provider does not bill here.
        Unknown: there is no such payer or provider.
    """
    kept = in_order(facts)
    with acting(actor, "enrolment.write") as work:
        payer = held(work, Payer, payer_id)
        must_hold(work, kept)
        row = Enrolment(practice_id=actor.practice_id, payer_id=payer.id, **columns(kept))
        return enter(work, row, kept, body={"payer_id": payer.id} | said(kept))


def must_hold(work: Work, kept: EnrolmentFacts) -> None:
    """Insist that the enrolment is of someone who bills here, and was not asked for in days to come.

    Raises:
        Refused: it is not so.
        Unknown: the provider is not of this practice.
    """
    if kept.asked_on is not None and kept.asked_on > today():
        raise Refused(N_("This day is still to come."), where="asked_on", remedy=N_("Give the day it was asked for."))
    if kept.provider_id is None:
        return
    outside = work.session.scalar(
        select(Provider.outside).where(Provider.practice_id == work.actor.practice_id, Provider.id == kept.provider_id)
    )
    if outside is None:
        raise Unknown(Provider.__tablename__)
    if outside:
        raise Refused(N_("A colleague from outside bills nothing here."), where="provider_id")


def columns(kept: EnrolmentFacts) -> dict[str, object]:
    """The facts as the row's columns take them: days as days."""
    return {name: getattr(kept, name) for name in kept.__struct_fields__}
