"""All that the page of an order shows, in a number of statements that does not grow with it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload
from sqlalchemy.orm.interfaces import ORMOption

from clinic.base import db
from clinic.codes.release import Entry
from clinic.domain.code import ICD10CM
from clinic.models import Coverage, Fact, Patient, Problem, Staff
from clinic.services.acting import Actor
from clinic.services.find import one
from clinic.services.library import library
from clinic.services.read_patient import Happened
from lab.domain.coverage import NotCovered
from lab.domain.order_notice import Notice
from lab.domain.tube_plan import IN_HOUSE
from lab.models import Laboratory, LabOrder, OrderLine
from lab.services.in_order import standing
from lab.services.offered_tests import places_for
from lab.services.order_coverage import not_covered
from lab.services.order_diagnoses import diagnoses_of
from lab.services.order_facts import THING, notice_of
from lab.services.order_tubes import TubesOf, lines_of_visit, tubes_of
from lab.services.plan_containers import facts_of

FACTS = 40
POLICIES = joinedload(LabOrder.patient).joinedload(Patient.coverages).joinedload(Coverage.payer)
"""Of the patient: they are few, and whoever knows the payers' policies asks for them."""


class LineShown(NamedTuple):
    """One test of the order as the page shows it."""

    row: OrderLine
    name: str
    laboratory: Laboratory | None
    places: list[Laboratory | None]
    """Where it may be run; None stands for in house."""
    against: tuple[NotCovered, ...]
    """Why the payer is not expected to pay for it."""
    notice: Notice | None
    """That the patient may have to pay, as it was printed."""


class OrderShown(NamedTuple):
    """The page of an order."""

    order: LabOrder
    lines: list[LineShown]
    diagnoses: list[tuple[str, str]]
    """Codes with their words, of all lines."""
    proposed: list[tuple[str, str]]
    """Codes of the visit's problems that are not on the order."""
    tubes: TubesOf
    happened: list[Happened]


def load_order(actor: Actor, order_id: int, *more: ORMOption) -> LabOrder:
    """The order with its patient, provider, place, visit and lines.

    Raises:
        clinic.services.find.Unknown: no such order in the actor's practice.
    """
    return one(
        actor,
        LabOrder,
        order_id,
        joinedload(LabOrder.patient),
        joinedload(LabOrder.provider),
        joinedload(LabOrder.location),
        joinedload(LabOrder.visit),
        selectinload(LabOrder.lines),
        *more,
    )


def read_order(actor: Actor, order_id: int) -> OrderShown:
    """Read an order with all that its page shows."""
    order = load_order(actor, order_id, POLICIES)
    every = _all_laboratories(actor)
    active = sorted((row for row in every.values() if row.active and not row.dental), key=lambda row: row.name)
    against = not_covered(order, order.lines) if order.state != "cancelled" else {}
    lines = [
        LineShown(
            row,
            (test := facts_of(row)).name,
            every.get(row.laboratory_id or 0),
            places_for(test, order.location, active),
            against.get(row.id, ()),
            notice_of(row),
        )
        for row in order.lines
    ]
    codes = diagnoses_of(standing(order))
    return OrderShown(
        order=order,
        lines=lines,
        diagnoses=[(code, words_of(code, order)) for code in codes],
        proposed=[pair for pair in _problems(actor, order) if pair[0] not in codes],
        tubes=read_tubes(actor, order, every),
        happened=_happened(actor, order),
    )


def read_tubes(actor: Actor, order: LabOrder, every: dict[int, Laboratory] | None = None) -> TubesOf:
    """What is drawn for an order and the other orders of its visit."""
    known = _all_laboratories(actor) if every is None else every
    names = {f"laboratory:{row.id}": row.name for row in known.values()}
    return tubes_of(actor, order, lines_of_visit(actor, order), {IN_HOUSE: "", **names})


def words_of(code: str, order: LabOrder) -> str:
    """The words of a diagnosis on the day of the order."""
    found: Entry | None = library().lookup(ICD10CM, code, order.ordered_on)
    return found.display if found else ""


def _all_laboratories(actor: Actor) -> dict[int, Laboratory]:
    rows = db.session.scalars(select(Laboratory).where(Laboratory.practice_id == actor.practice_id))
    return {row.id: row for row in rows}


def _problems(actor: Actor, order: LabOrder) -> Sequence[tuple[str, str]]:
    if order.visit_id is None or order.state == "cancelled":
        return ()
    rows = db.session.execute(
        select(Problem.code, Problem.words)
        .where(
            Problem.practice_id == actor.practice_id,
            Problem.visit_id == order.visit_id,
            Problem.system == ICD10CM,
            Problem.code.is_not(None),
            Problem.status == "active",
        )
        .order_by(Problem.id)
    )
    return [(code, words) for code, words in rows if code]


def _happened(actor: Actor, order: LabOrder) -> list[Happened]:
    rows = db.session.execute(
        select(Fact, Staff.first, Staff.last)
        .outerjoin(Staff, (Staff.practice_id == Fact.practice_id) & (Staff.id == Fact.actor_id))
        .where(Fact.practice_id == actor.practice_id, Fact.thing == THING, Fact.thing_id == order.id)
        .order_by(Fact.sequence.desc())
        .limit(FACTS)
    )
    return [Happened(fact=fact, who=f"{first} {last}" if last else None) for fact, first, last in rows]
