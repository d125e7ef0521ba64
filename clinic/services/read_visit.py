"""All that a visit's page shows, in a number of statements that does not grow with the record."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from clinic.base import db
from clinic.models import Fact, Staff, Visit
from clinic.services.acting import Actor
from clinic.services.find import one
from clinic.services.read_patient import Happened
from clinic.services.visit_facts import THING

FACTS = 40


def read_visit(actor: Actor, visit_id: int) -> Visit:
    """The visit with its patient, place, provider, notes, problems, acts and results.

    Raises:
        clinic.services.find.Unknown: no such visit in the actor's practice.
    """
    return one(
        actor,
        Visit,
        visit_id,
        joinedload(Visit.patient),
        joinedload(Visit.location),
        joinedload(Visit.provider),
        selectinload(Visit.notes),
        selectinload(Visit.problems),
        selectinload(Visit.acts),
        selectinload(Visit.observations),
    )


def happened_at(actor: Actor, visit_id: int) -> list[Happened]:
    """The visit's last facts, latest first."""
    rows = db.session.execute(
        select(Fact, Staff.first, Staff.last)
        .outerjoin(Staff, (Staff.practice_id == Fact.practice_id) & (Staff.id == Fact.actor_id))
        .where(Fact.practice_id == actor.practice_id, Fact.thing == THING, Fact.thing_id == visit_id)
        .order_by(Fact.sequence.desc())
        .limit(FACTS)
    )
    return [Happened(fact=fact, who=f"{first} {last}" if last else None) for fact, first, last in rows]
