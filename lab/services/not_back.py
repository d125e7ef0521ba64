"""What was sent and has no result after the days it takes; and notes of who was called about it."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from clinic.base import db
from clinic.domain.refusal import Refused
from clinic.domain.words import N_
from clinic.services.acting import Actor, acting
from clinic.services.clock import today
from clinic.services.find import one
from lab.models import Contact, Laboratory, LabOrder, OrderLine, Package, Specimen, SpecimenTest
from lab.services import waiting
from lab.services.contacts import Attempt, contacts_of, keep

MOST = 300


class NotBack(NamedTuple):
    """One test that is not back."""

    line: OrderLine
    name: str
    """Of the test; a message id."""
    laboratory: Laboratory | None
    specimen: Specimen | None
    package: Package | None
    days: int
    """Past the day it was expected."""
    calls: list[Contact]


class Page(NamedTuple):
    """The list, and how many there are in all."""

    rows: list[NotBack]
    total: int


def not_back(actor: Actor) -> Page:
    """Those that wait longest first, in seven statements however many."""
    where = waiting.not_back(actor)
    lines = db.session.scalars(
        select(OrderLine)
        .where(where)
        .options(
            joinedload(OrderLine.order).joinedload(LabOrder.patient),
        )
        .order_by(OrderLine.due_on, OrderLine.id)
        .limit(MOST)
    ).all()
    total = len(lines)
    if total == MOST:
        total = db.session.scalar(select(func.count()).select_from(OrderLine).where(where)) or 0
    ids = {line.laboratory_id for line in lines if line.laboratory_id}
    laboratories = {
        each.id: each
        for each in db.session.scalars(
            select(Laboratory).where(Laboratory.practice_id == actor.practice_id, Laboratory.id.in_(ids))
        )
    }
    carriers = _carriers(actor, [line.id for line in lines])
    calls = contacts_of(actor, {specimen.id for specimen, _ in carriers.values()})
    on = today()
    rows = []
    for line in lines:
        specimen, package = carriers.get(line.id, (None, None))
        rows.append(
            NotBack(
                line=line,
                name=line.facts.get("name", line.test_key),
                laboratory=laboratories.get(line.laboratory_id or 0),
                specimen=specimen,
                package=package,
                days=(on - (line.due_on or on)).days,
                calls=[call for call in calls.get(specimen.id, ()) if call.whom == "laboratory"] if specimen else [],
            )
        )
    return Page(rows, total)


def _carriers(actor: Actor, line_ids: list[int]) -> dict[int, tuple[Specimen, Package | None]]:
    """The container that went out for each line, and the package it was in: the last one."""
    found = db.session.execute(
        select(SpecimenTest.line_id, Specimen, Package)
        .join(Specimen, Specimen.id == SpecimenTest.specimen_id)
        .outerjoin(Package, (Package.id == Specimen.package_id) & (Package.practice_id == Specimen.practice_id))
        .where(
            SpecimenTest.practice_id == actor.practice_id,
            SpecimenTest.line_id.in_(line_ids),
            Specimen.package_id.is_not(None),
        )
        .order_by(Specimen.id)
    )
    return {line_id: (specimen, package) for line_id, specimen, package in found if line_id is not None}


def note_call(actor: Actor, line_id: int, outcome: str, words: str) -> int:
    """Keep that the laboratory was called about a test that is not back, and what it said.

    Raises:
        Refused: nothing was sent for it, or what came of the call is none of the choices.
        Unknown: there is no such line.
    """
    with acting(actor, "lab.send") as work:
        line = one(actor, OrderLine, line_id)
        carrier = _carriers(actor, [line.id]).get(line.id)
        if carrier is None:
            raise Refused(N_("Nothing was sent for this test."), where="line", remedy=N_("Look at its order."))
        return keep(work, carrier[0], Attempt(whom="laboratory", way="phone", outcome=outcome, words=words))
