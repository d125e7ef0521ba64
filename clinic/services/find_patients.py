"""Finding patients by what a person types: name, birth date, chart number."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import product
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, and_, false, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute

from clinic.base import db
from clinic.domain.likeness import letters
from clinic.finders import Asked, Found
from clinic.models import Coverage, Patient, Payer, Visit
from clinic.services.acting import Actor

CHART_DIGITS = 6


def matching(actor: Actor, asked: Asked) -> ColumnElement[bool]:
    """What a patient meets: each word begins a part of the name or is the chart number; the day is the birth date."""
    parts: list[ColumnElement[bool]] = []
    if asked.day is not None:
        parts.append(Patient.birth == asked.day)
    for word in asked.words:
        key = letters(word)
        if not key:
            continue
        choices: list[ColumnElement[bool]] = [
            Patient.name_key.startswith(key, autoescape=True),
            Patient.name_key.contains(f" {key}", autoescape=True),
            Patient.chart_number == word,
        ]
        if word.isascii() and word.isdigit():
            choices.append(Patient.chart_number == word.zfill(CHART_DIGITS))
        # The key has no blanks and hyphens within a name: parts of a double name are looked for in the name itself.
        for name, divider in product((Patient.last, Patient.first), " -"):
            choices.append(func.lower(name).contains(divider + word.lower(), autoescape=True))
        parts.append(or_(*choices))
    if asked.text and not parts:
        return false()
    return and_(Patient.practice_id == actor.practice_id, *parts)


def last_visit() -> ColumnElement[Any]:
    """The day of a patient's latest visit."""
    return (
        select(func.max(Visit.on))
        .where(Visit.practice_id == Patient.practice_id, Visit.patient_id == Patient.id)
        .correlate(Patient)
        .scalar_subquery()
    )


def first_payer() -> ColumnElement[str | None]:
    """The payer of the latest policy of rank P, in force or not."""
    return (
        select(Payer.name)
        .join(Coverage, and_(Coverage.practice_id == Payer.practice_id, Coverage.payer_id == Payer.id))
        .where(Coverage.practice_id == Patient.practice_id, Coverage.patient_id == Patient.id, Coverage.rank == "P")
        .order_by(Coverage.ends.is_not(None), Coverage.ends.desc(), Coverage.id.desc())
        .limit(1)
        .correlate(Patient)
        .scalar_subquery()
    )


SORTS: dict[str, InstrumentedAttribute[Any]] = {
    "name": Patient.name_key,
    "birth": Patient.birth,
    "chart": Patient.chart_number,
}


class Hit(NamedTuple):
    """A patient, the day of the latest visit, and who pays first."""

    patient: Patient
    seen: date | None
    payer: str | None


class Listed(NamedTuple):
    """Some of the patients that were asked for."""

    rows: list[Hit]
    total: int
    """How many were asked for."""


def listed(
    actor: Actor,
    asked: Asked,
    sort: str = "name",
    *,
    most: int,
    skip: int = 0,
    where: Sequence[ColumnElement[bool]] = (),
) -> Listed:
    """Patients in an order, in one statement. Merged ones are listed only where something was asked for.

    Who is shown is found first: visits and policies are looked at for those alone.
    """
    seen = last_visit()
    by = sort.removeprefix("-")
    column: ColumnElement[Any] = seen if by == "seen" else SORTS.get(by, Patient.name_key).expression
    order = (column.is_(None), column.desc() if sort.startswith("-") else column, Patient.id)
    met = select(Patient.id, func.count().over().label("total")).where(matching(actor, asked), *where)
    if not asked.text:
        met = met.where(Patient.merged_into_id.is_(None))
    page = met.order_by(*order).limit(most).offset(skip).subquery()
    query = (
        select(Patient, seen.label("seen"), first_payer().label("payer"), page.c.total)
        .join(page, page.c.id == Patient.id)
        .order_by(*order)
    )
    rows = db.session.execute(query).all()
    if rows or not skip:
        return Listed([Hit(*row[:3]) for row in rows], rows[0].total if rows else 0)
    return listed(actor, asked, sort, most=most, where=where)


def found_patients(actor: Actor, asked: Asked, most: int) -> list[Found]:
    """The patients that meet what was asked, as the find line lists them; a chart number typed whole is exact."""
    rows = listed(actor, asked, most=most).rows
    return [
        Found(
            title=row.patient.name,
            code=row.patient.chart_number,
            more=row.payer or "",
            endpoint="patients.show",
            arguments={"patient_id": row.patient.id},
            exact=row.patient.chart_number == asked.text,
            patient_id=row.patient.id,
            on=row.patient.birth,
        )
        for row in rows
    ]
