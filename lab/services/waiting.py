"""What waits at the bench: the conditions behind its queues and their lists."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, case, exists, not_, or_, select

from clinic.models import Location
from clinic.services.acting import Actor
from clinic.services.clock import now, today
from lab.domain.container import HERE
from lab.domain.dental_case_story import UNDER_WAY
from lab.models import DentalCase, IncomingResult, LabOrder, LabResult, OrderLine, Specimen
from lab.services.local_day import today_there

TO_DRAW = ("planned", "labeled")
SOON = timedelta(minutes=15)
SOON_DUE = timedelta(days=3)
"""How long before its day a dental case is named."""


def order_of_due() -> ColumnElement[Any]:
    """What a board is sorted by: until a container is ready, when it will be; then until when it is to be done."""
    return case((Specimen.ready_at > now(), Specimen.ready_at), else_=Specimen.due_at)


def in_hand(actor: Actor) -> ColumnElement[bool]:
    """Containers at which something is still to be done here."""
    return and_(Specimen.practice_id == actor.practice_id, Specimen.state.in_(HERE), Specimen.step.is_not(None))


def soon(actor: Actor) -> ColumnElement[bool]:
    """Those whose next limit falls within minutes, or has passed."""
    return and_(in_hand(actor), order_of_due() < now() + SOON)


def to_draw(actor: Actor) -> ColumnElement[bool]:
    """Containers planned for today or before and not yet filled: by the date of the place."""
    later = exists().where(
        LabOrder.id == Specimen.order_id,
        Location.id == Specimen.location_id,
        LabOrder.planned_on > today_there(Location.time_zone),
    )
    return and_(Specimen.practice_id == actor.practice_id, Specimen.state.in_(TO_DRAW), not_(later))


def to_pack(actor: Actor) -> ColumnElement[bool]:
    """Containers prepared and to be sent."""
    return and_(Specimen.practice_id == actor.practice_id, Specimen.state == "collected", Specimen.step == "pack")


def to_redraw(actor: Actor) -> ColumnElement[bool]:
    """Containers that are drawn in the place of rejected ones."""
    return and_(
        Specimen.practice_id == actor.practice_id,
        Specimen.state.in_(TO_DRAW),
        Specimen.recollects_id.is_not(None),
    )


def held(actor: Actor) -> ColumnElement[bool]:
    """Lines held because something is missing."""
    return and_(OrderLine.practice_id == actor.practice_id, OrderLine.state == "held")


def not_back(actor: Actor) -> ColumnElement[bool]:
    """Lines that were sent and whose result is past its day."""
    return and_(
        OrderLine.practice_id == actor.practice_id,
        OrderLine.state == "active",
        OrderLine.sent_on.is_not(None),
        OrderLine.due_on < today(),
    )


def to_enter(actor: Actor) -> ColumnElement[bool]:
    """Containers on which a test is to be run in house."""
    return and_(
        Specimen.practice_id == actor.practice_id,
        Specimen.state == "collected",
        Specimen.step.in_(("test", "read")),
    )


def unmatched(actor: Actor) -> ColumnElement[bool]:
    """Results from elsewhere that belong to no order yet."""
    return and_(IncomingResult.practice_id == actor.practice_id, IncomingResult.state == "unmatched")


def to_be_told(actor: Actor) -> ColumnElement[bool]:
    """Critical values nobody was told yet."""
    return and_(LabResult.practice_id == actor.practice_id, LabResult.critical, LabResult.told_at.is_(None))


def to_review(actor: Actor) -> ColumnElement[bool]:
    """Results that no provider has reviewed: the last version of each."""
    newer = LabResult.__table__.alias("newer")
    later = select(newer.c.id).where(newer.c.line_id == LabResult.line_id, newer.c.version > LabResult.version)
    return and_(LabResult.practice_id == actor.practice_id, LabResult.reviewed_at.is_(None), not_(later.exists()))


def cases(actor: Actor) -> ColumnElement[bool]:
    """Cases of dental laboratories whose next day is near or past, or that have none."""
    near = or_(DentalCase.due_at.is_(None), DentalCase.due_at < now() + SOON_DUE)
    return and_(DentalCase.practice_id == actor.practice_id, DentalCase.state.in_(sorted(UNDER_WAY)), near)
