"""What is to be drawn again, with why, and who was told."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import aliased, joinedload

from clinic.base import db
from clinic.models import Fact
from clinic.services.acting import Actor
from lab.domain.container import Container
from lab.models import Contact, Specimen
from lab.services.contacts import contacts_of
from lab.services.specimens import THING, container_of
from lab.services.waiting import to_redraw

MOST = 200


class Redraw(NamedTuple):
    """One container to be drawn, and the rejected one it replaces."""

    row: Specimen
    rejected: Specimen
    was: Container
    reason: str
    contacts: list[Contact]


def redraws(actor: Actor) -> list[Redraw]:
    """All that wait, the longest first, in three statements."""
    old = aliased(Specimen)
    rows = db.session.execute(
        select(Specimen, old, Fact.reason)
        .join(old, old.id == Specimen.recollects_id)
        .outerjoin(
            Fact,
            (Fact.practice_id == old.practice_id)
            & (Fact.thing == THING)
            & (Fact.thing_id == old.id)
            & (Fact.type == "specimen.rejected"),
        )
        .where(to_redraw(actor))
        .options(joinedload(Specimen.patient))
        .order_by(Specimen.created_at, Specimen.id)
        .limit(MOST)
    ).all()
    contacts = contacts_of(actor, [rejected.id for _, rejected, _ in rows])
    return [
        Redraw(row, rejected, container_of(rejected), reason or "", contacts.get(rejected.id, []))
        for row, rejected, reason in rows
    ]
