"""Reading through merges: a merged patient's page is that of the patient who stands for both.

Rows are never rewritten: visits, policies and claims keep the patient they were entered for, and a read follows the
redirect. So an undone merge leaves everything where it was.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from sqlalchemy import CTE, select

from clinic.base import db
from clinic.models import Patient
from clinic.services.acting import Actor
from clinic.services.find import Unknown


class Family(NamedTuple):
    """Who stands for the others, and those who were merged into them, directly or over others."""

    patient: Patient
    merged: list[Patient]


def survivor_of(actor: Actor, patient_id: int) -> Patient:
    """The patient that stands for this one after all merges, in one statement.

    Raises:
        Unknown: no such patient in the actor's practice.
    """
    found = db.session.scalar(
        select(Patient).where(Patient.practice_id == actor.practice_id, Patient.id.in_(_root(actor, patient_id)))
    )
    if found is None:
        raise Unknown("patient")
    return found


def family_of(actor: Actor, patient_id: int) -> Family:
    """The patient that stands for this one, with all others they stand for, in one statement.

    Raises:
        Unknown: no such patient in the actor's practice.
    """
    here = Patient.practice_id == actor.practice_id
    tree = select(Patient.id).where(here, Patient.id.in_(_root(actor, patient_id))).cte("tree", recursive=True)
    tree = tree.union(select(Patient.id).where(here, Patient.merged_into_id == tree.c.id))
    rows = list(db.session.scalars(select(Patient).where(here, Patient.id.in_(select(tree.c.id))).order_by(Patient.id)))
    stays = next((row for row in rows if row.merged_into_id is None), None)
    if stays is None:
        raise Unknown("patient")
    return Family(stays, [row for row in rows if row is not stays])


def _root(actor: Actor, patient_id: int) -> Any:
    """A SELECT of the id at the end of the chain that begins at a patient."""
    here = Patient.practice_id == actor.practice_id
    chain: CTE = (
        select(Patient.id, Patient.merged_into_id).where(here, Patient.id == patient_id).cte("chain", recursive=True)
    )
    chain = chain.union(select(Patient.id, Patient.merged_into_id).where(here, Patient.id == chain.c.merged_into_id))
    return select(chain.c.id).where(chain.c.merged_into_id.is_(None))
