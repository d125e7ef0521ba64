"""A visit's facts as the values of ``clinic.domain.visit_story``."""

from __future__ import annotations

from sqlalchemy import select

from clinic.base import db
from clinic.domain.value import Value, as_json
from clinic.domain.visit_story import VisitStanding, body_of, fold
from clinic.models import Fact
from clinic.services.acting import Actor, Work

THING = "visit"


def tell(work: Work, visit_id: int, type_: str, body: Value, *, reason: str | None = None) -> None:
    """Append a fact to a visit and leave its journal row."""
    work.fact(THING, visit_id, type_, as_json(body), reason=reason)
    work.journal(THING, visit_id, detail=type_)


def standing_of(actor: Actor, visit_id: int) -> VisitStanding:
    """The visit as the facts make it, whatever the rows say."""
    wanted = select(Fact).where(Fact.practice_id == actor.practice_id, Fact.thing == THING, Fact.thing_id == visit_id)
    rows = db.session.scalars(wanted.order_by(Fact.sequence))
    return fold(body_of(row.type, row.version, row.body) for row in rows if row.type != "visit.changed_by_import")
