"""Patients that may be the same as one who is being entered, or as one who is here."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, and_, exists, func, or_, select
from sqlalchemy.orm import selectinload

from clinic.base import db
from clinic.domain.likeness import Likeness, Traits, likeness, name_key, phone_key
from clinic.models import Coverage, Fact, Patient
from clinic.services.acting import Actor
from clinic.services.patient_facts import THING

MOST = 12
"""Shown at once, likeliest first."""
_CANDIDATES = 400
UNLIKE_FACTS = ("patient.entered", "patient.unlike")


class Alike(NamedTuple):
    """A patient who may be the same, and what speaks for it."""

    patient: Patient
    likeness: Likeness


def traits_of(patient: Patient, coverages: Iterable[Coverage] | None = None) -> Traits:
    """What is known of a patient who is here, policies included; ``coverages`` are those where they are loaded."""
    return Traits(
        last=patient.last,
        first=patient.first,
        birth=patient.birth,
        phone=patient.phone,
        member_ids=tuple(row.member_id for row in (patient.coverages if coverages is None else coverages)),
    )


def look_alikes(actor: Actor, traits: Traits, leave_out: tuple[int, ...] = ()) -> list[Alike]:
    """Who of the practice may be this person, likeliest first. Merged patients are spoken for by whom they became."""
    rows = db.session.scalars(
        select(Patient)
        .where(
            Patient.practice_id == actor.practice_id,
            Patient.merged_into_id.is_(None),
            Patient.id.not_in(leave_out),
            or_(*_clues(traits)),
        )
        .options(selectinload(Patient.coverages))
        .order_by(Patient.id)
        .limit(_CANDIDATES)
    )
    found = [
        Alike(row, alike) for row in rows if (alike := likeness(traits, traits_of(row, row.coverages))) is not None
    ]
    return sorted(found, key=lambda each: (-each.likeness.score, each.patient.id))[:MOST]


def said_unlike(actor: Actor, patient_id: int) -> tuple[int, ...]:
    """Those of whom somebody said that they are other persons."""
    bodies = db.session.execute(
        select(Fact.type, Fact.body).where(
            Fact.practice_id == actor.practice_id,
            Fact.thing == THING,
            Fact.thing_id == patient_id,
            Fact.type.in_(UNLIKE_FACTS),
        )
    )
    return tuple(sorted(others_in((row.type, row.body) for row in bodies)))


def others_in(bodies: Iterable[tuple[str, dict[str, Any]]]) -> set[int]:
    """The patients of whom these facts say that they are others."""
    found: set[int] = set()
    for type_, body in bodies:
        if type_ in UNLIKE_FACTS:
            found.update([body["other_id"]] if type_ == "patient.unlike" else body.get("unlike", []))
    return found


def _clues(traits: Traits) -> list[ColumnElement[bool]]:
    """The conditions one of which everyone worth looking at meets."""
    keys = {name_key(traits.last, traits.first), name_key(traits.first or "", traits.last)}
    clues: list[ColumnElement[bool]] = [Patient.name_key.in_(keys)]
    if traits.birth is not None:
        clues.append(Patient.birth == traits.birth)
    if phone := phone_key(traits.phone):
        bare: ColumnElement[str | None] = Patient.phone.expression
        for letter in " -.()/":
            bare = func.replace(bare, letter, "")
        clues.append(bare.endswith(phone, autoescape=True))
    if traits.member_ids:
        clues.append(
            exists().where(
                and_(
                    Coverage.practice_id == Patient.practice_id,
                    Coverage.patient_id == Patient.id,
                    func.lower(Coverage.member_id).in_([each.lower() for each in traits.member_ids]),
                )
            )
        )
    return clues
