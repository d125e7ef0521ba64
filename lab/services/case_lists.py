"""Lists of dental cases: what is near or late, all that is under way, what is done; those of some patients."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from clinic.base import db
from clinic.services.acting import Actor
from clinic.services.clock import now
from lab.domain.dental_case_story import UNDER_WAY, Case
from lab.models import DentalCase, Laboratory
from lab.services import waiting
from lab.services.case_facts import case_of

MOST = 300
SHOWN = ("near", "all", "done")


class Listed(NamedTuple):
    """One case of a list."""

    row: DentalCase
    case: Case
    due_on: date | None
    late: bool


class Page(NamedTuple):
    """A list, how many there are in all, and how many of each list."""

    rows: list[Listed]
    total: int
    counts: dict[str, int]


def listed_cases(actor: Actor, shown: str = "near") -> Page:
    """Those whose day is next first; what is done, the latest first. Two statements however many."""
    mine = DentalCase.practice_id == actor.practice_id
    under_way = DentalCase.state.in_(sorted(UNDER_WAY))
    wheres = {"near": waiting.cases(actor), "all": mine & under_way, "done": mine & ~under_way}
    order = (
        (DentalCase.changed_at.desc(), DentalCase.id.desc())
        if shown == "done"
        else (DentalCase.due_at.is_(None).desc(), DentalCase.due_at, DentalCase.id)
    )
    rows = db.session.scalars(
        select(DentalCase)
        .where(wheres[shown])
        .options(joinedload(DentalCase.patient), joinedload(DentalCase.laboratory))
        .order_by(*order)
        .limit(MOST)
    ).all()
    counted = db.session.execute(
        select(*(func.count().filter(where).label(name) for name, where in wheres.items())).where(mine)
    ).one()
    counts = {name: getattr(counted, name) for name in wheres}
    return Page([listed(row) for row in rows], counts[shown], counts)


def cases_of(actor: Actor, patient_ids: tuple[int, ...], most: int) -> list[Listed]:
    """The cases of some patients, the latest first. One statement."""
    wanted = (
        select(DentalCase)
        .where(DentalCase.practice_id == actor.practice_id, DentalCase.patient_id.in_(patient_ids))
        .options(joinedload(DentalCase.patient))
        .order_by(DentalCase.id.desc())
        .limit(most)
    )
    return [listed(row) for row in db.session.scalars(wanted)]


def listed(row: DentalCase) -> Listed:
    """A case as a list shows it."""
    case = case_of(row)
    return Listed(row, case, case.due_on, late=row.due_at is not None and row.due_at <= now())


def dental_laboratories(actor: Actor) -> list[Laboratory]:
    """Those in use, by name."""
    wanted = select(Laboratory).where(Laboratory.practice_id == actor.practice_id, Laboratory.dental, Laboratory.active)
    return list(db.session.scalars(wanted.order_by(Laboratory.name, Laboratory.id)))
