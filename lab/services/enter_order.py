"""Entering an order with its first test."""

from __future__ import annotations

from datetime import date
from typing import cast, get_args

from clinic.domain.refusal import Refused
from clinic.domain.value import Value
from clinic.domain.words import N_
from clinic.services.acting import Actor, acting
from clinic.services.clock import today
from clinic.services.surviving import family_of
from lab.domain.order_story import Entered, Priority
from lab.services.hold_lines import hold_lines
from lab.services.order_choices import orderer, place, still_to_come, visit_of
from lab.services.order_facts import begin_order, number_for
from lab.services.order_lines import Choice, put_on

PRIORITIES: tuple[str, ...] = get_args(Priority)


class Head(Value, frozen=True, kw_only=True):
    """What stands at the top of an order."""

    location_id: int
    priority: str
    visit_id: int | None = None
    provider_id: int | None = None
    planned_on: date | None = None
    """None for today."""
    pediatric: bool = False


def enter_order(
    actor: Actor,
    patient_id: int,
    head: Head,
    choice: Choice,
    *,
    diagnoses: tuple[str, ...] = (),
    reason: str | None = None,
) -> int:
    """Enter an order; of a merged patient, for whom they were merged into. Gives its id.

    Raises:
        Refused: something it names is not there, the test may not be run at that place, or the day is past.
    """
    with acting(actor, "lab.order") as work:
        patient, merged = family_of(actor, patient_id)
        where = place(actor, head.location_id)
        if head.visit_id is not None:
            visit_of(actor, head.visit_id, (patient.id, *(row.id for row in merged)))
        if head.provider_id is not None:
            orderer(actor, head.provider_id)
        order = begin_order(
            work,
            Entered(
                number=number_for(work),
                patient_id=patient.id,
                location_id=where.id,
                ordered_on=today(where.time_zone),
                visit_id=head.visit_id,
                provider_id=head.provider_id,
                planned_on=still_to_come(head.planned_on, where),
                priority=as_priority(head.priority),
                pediatric=head.pediatric,
            ),
        )
        put_on(work, order, where, choice, diagnoses=diagnoses, reason=reason)
        hold_lines(work, order)
        return order.id


def as_priority(text: str) -> Priority:
    """A priority there is.

    Raises:
        Refused: there is none of that name.
    """
    if text not in PRIORITIES:
        raise Refused(N_("This is not one of the choices."), where="priority", remedy=N_("Choose one of the list."))
    return cast("Priority", text)
