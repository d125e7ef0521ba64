"""What waits at each step: the queries behind the queues."""

from __future__ import annotations

from sqlalchemy import Select, and_, or_, select
from sqlalchemy.orm import joinedload

from billing.models import ClaimRecord, ClaimVisit
from billing.services.hold_claim import ready_steps
from clinic.base import db
from clinic.models import Visit
from clinic.services.acting import Actor


def visits_to_code(actor: Actor) -> Select[Visit, int]:
    """Medical visits without a finished claim, oldest first, with the claim that is open for them."""
    open_claim = and_(
        ClaimRecord.practice_id == Visit.practice_id,
        ClaimRecord.id == ClaimVisit.claim_id,
        ClaimRecord.preparation == "coding",
        ClaimRecord.journey == "none",
    )
    return (
        select(Visit, ClaimRecord.id)
        .outerjoin(ClaimVisit, and_(ClaimVisit.practice_id == Visit.practice_id, ClaimVisit.visit_id == Visit.id))
        .outerjoin(ClaimRecord, open_claim)
        .where(Visit.practice_id == actor.practice_id, Visit.department == "medical")
        .where(or_(ClaimVisit.id.is_(None), ClaimRecord.id.is_not(None)))
        .order_by(Visit.on, Visit.id)
    )


def next_to_code(actor: Actor) -> tuple[int, int | None] | None:
    """The first visit that waits for coding and the claim that is open for it."""
    found = db.session.execute(visits_to_code(actor).limit(1)).first()
    return (found[0].id, found[1]) if found else None


def claims_at(actor: Actor, *preparations: str) -> Select[ClaimRecord]:
    """Claims at a step and not yet sent, oldest service first."""
    return (
        select(ClaimRecord)
        .where(
            ClaimRecord.practice_id == actor.practice_id,
            ClaimRecord.journey == "none",
            ClaimRecord.preparation.in_(preparations),
        )
        .options(joinedload(ClaimRecord.patient), joinedload(ClaimRecord.coverage), joinedload(ClaimRecord.rendering))
        .order_by(ClaimRecord.service_on, ClaimRecord.id)
    )


def claims_ready(actor: Actor) -> Select[ClaimRecord]:
    """Claims that may leave."""
    return claims_at(actor, *ready_steps(actor.practice_id))
