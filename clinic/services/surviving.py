"""Reading through merges: a merged patient's page is that of the patient who stands for both.

Rows are never rewritten: visits, policies and claims keep the patient they were entered for, and a read follows the
redirect. So an undone merge leaves everything where it was.
"""

from __future__ import annotations

from sqlalchemy import select

from clinic.base import db
from clinic.models import Patient
from clinic.services.acting import Actor
from clinic.services.find import Unknown


def survivor_of(actor: Actor, patient_id: int) -> Patient:
    """The patient that stands for this one after all merges, in one statement.

    Raises:
        Unknown: no such patient in the actor's practice.
    """
    here = Patient.practice_id == actor.practice_id
    chain = (
        select(Patient.id, Patient.merged_into_id).where(here, Patient.id == patient_id).cte("chain", recursive=True)
    )
    step = select(Patient.id, Patient.merged_into_id).where(here, Patient.id == chain.c.merged_into_id)
    chain = chain.union(step)
    found = db.session.scalar(
        select(Patient).where(here, Patient.id.in_(select(chain.c.id).where(chain.c.merged_into_id.is_(None))))
    )
    if found is None:
        raise Unknown("patient")
    return found


def merged_into(actor: Actor, patient_id: int) -> list[Patient]:
    """The patients this one stands for, merged into it directly or over others, in one statement."""
    here = Patient.practice_id == actor.practice_id
    tree = select(Patient.id).where(here, Patient.merged_into_id == patient_id).cte("tree", recursive=True)
    tree = tree.union(select(Patient.id).where(here, Patient.merged_into_id == tree.c.id))
    return list(db.session.scalars(select(Patient).where(here, Patient.id.in_(select(tree.c.id))).order_by(Patient.id)))
