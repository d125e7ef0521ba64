"""A patient's rows and facts as the values of ``clinic.domain.patient_story``, and back."""

from __future__ import annotations

from sqlalchemy import select

from clinic.base import db
from clinic.domain.likeness import name_key
from clinic.domain.particulars import Particulars
from clinic.domain.patient_story import Standing, body_of, fold
from clinic.domain.policies import Policy
from clinic.domain.value import Value, as_json
from clinic.models import Coverage, Fact, Patient
from clinic.services.acting import Actor, Work

THING = "patient"


def particulars_of(patient: Patient) -> Particulars:
    """What the row says of who the patient is."""
    return Particulars(**{name: getattr(patient, name) for name in Particulars.__struct_fields__})


def put_particulars(patient: Patient, particulars: Particulars) -> None:
    """Write who the patient is into the row: the projection of law 2."""
    for name in Particulars.__struct_fields__:
        setattr(patient, name, getattr(particulars, name))
    patient.name_key = name_key(particulars.last, particulars.first)


def policy_of(row: Coverage) -> Policy:
    """What the row says of a policy."""
    return Policy(**{name: getattr(row, name) for name in Policy.__struct_fields__})


def put_policy(row: Coverage, policy: Policy) -> None:
    """Write a policy into its row."""
    for name in Policy.__struct_fields__:
        setattr(row, name, getattr(policy, name))


def tell(work: Work, patient_id: int, type_: str, body: Value, *, reason: str | None = None) -> None:
    """Append a fact to a patient and leave its journal row."""
    work.fact(THING, patient_id, type_, as_json(body), reason=reason)
    work.journal(THING, patient_id, detail=type_)


def standing_of(actor: Actor, patient_id: int) -> Standing:
    """The patient as the facts make it, whatever the rows say."""
    return fold((row.type, body_of(row.type, row.version, row.body)) for row in facts_of(actor, patient_id))


def facts_of(actor: Actor, patient_id: int) -> list[Fact]:
    """The patient's facts, first to last."""
    wanted = select(Fact).where(Fact.practice_id == actor.practice_id, Fact.thing == THING, Fact.thing_id == patient_id)
    return list(db.session.scalars(wanted.order_by(Fact.sequence)))
