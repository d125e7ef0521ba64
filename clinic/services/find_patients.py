"""Finding patients by what a person types: name, birth date, chart number."""

from __future__ import annotations

from itertools import product
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, false, func, or_, select
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


def listed(actor: Actor, asked: Asked, sort: str = "name") -> Select[Patient, Any, str | None]:
    """Patients with their latest visit and first payer. Merged ones are listed only where something was asked for."""
    seen = last_visit().label("seen")
    query = select(Patient, seen, first_payer().label("payer")).where(matching(actor, asked))
    if not asked.text:
        query = query.where(Patient.merged_into_id.is_(None))
    by = sort.removeprefix("-")
    column: ColumnElement[Any] = seen if by == "seen" else SORTS.get(by, Patient.name_key).expression
    missing = column.is_(None)
    return query.order_by(missing, column.desc() if sort.startswith("-") else column, Patient.id)


def found_patients(actor: Actor, asked: Asked, most: int) -> list[Found]:
    """The patients that meet what was asked, as the find line lists them; a chart number typed whole is exact."""
    rows = db.session.execute(listed(actor, asked).limit(most))
    return [
        Found(
            title=row.Patient.name,
            code=row.Patient.chart_number,
            more=row.payer or "",
            endpoint="patients.show",
            arguments={"patient_id": row.Patient.id},
            exact=row.Patient.chart_number == asked.text,
            patient_id=row.Patient.id,
            on=row.Patient.birth,
        )
        for row in rows
    ]
