"""Looking an order over: each line not yet drawn is held for what it lacks."""

from __future__ import annotations

from sqlalchemy import select

from clinic.models import Location
from clinic.services.acting import Work
from clinic.services.clock import today
from lab.domain.order_check import Asked, missing
from lab.domain.order_story import UNDRAWN, LineHeld
from lab.models import Laboratory, LabOrder, OrderLine
from lab.services.catalogue import catalogue_on
from lab.services.order_facts import tell
from lab.services.plan_containers import facts_of


def lacks(work: Work, order: LabOrder, *, signed: bool | None = None) -> dict[int, tuple[str, ...]]:
    """What each line that is not drawn yet lacks, by its id, as things stand now.

    Args:
        work: the act.
        order: the order.
        signed: as if it were signed; None takes it as it is.
    """
    place = work.session.get_one(Location, order.location_id)
    labs = set(
        work.session.scalars(
            select(Laboratory.id).where(Laboratory.practice_id == order.practice_id, Laboratory.active)
        )
    )
    offered = catalogue_on(order.practice_id, today(place.time_zone)).retired
    is_signed = order.state == "signed" if signed is None else signed
    return {
        line.id: missing(
            Asked(
                test=None if line.test_key in offered else facts_of(line),
                in_house=line.in_house,
                laboratory_open=line.laboratory_id in labs,
                diagnoses=tuple(line.diagnoses),
                answers=line.answers,
            ),
            signed=is_signed,
            provider=order.provider_id is not None,
            certificate=place.clia_kind,
        )
        for line in undrawn(order)
    }


def undrawn(order: LabOrder) -> list[OrderLine]:
    """Lines nothing was planned for yet."""
    return [line for line in order.lines if line.state in UNDRAWN]


def hold_lines(work: Work, order: LabOrder) -> None:
    """Hold each line for what it lacks now; one that lacks nothing more waits to be released."""
    found = lacks(work, order)
    for line in undrawn(order):
        if line.state == "draft" or tuple(line.held_for) != found[line.id]:
            tell(work, order, "order.line_held", LineHeld(line_id=line.id, missing=found[line.id]))
