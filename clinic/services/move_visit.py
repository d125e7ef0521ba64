"""Moving a visit to the right patient: told to the visit and to both patients, so that each keeps its history."""

from __future__ import annotations

from sqlalchemy import update

from clinic.domain.patient_story import VisitMoved
from clinic.domain.refusal import Refused
from clinic.domain.words import N_
from clinic.models import Problem, Visit
from clinic.ports import ports
from clinic.services import patient_facts, visit_facts
from clinic.services.acting import Actor, acting
from clinic.services.changing import held
from clinic.services.merge_patients import reason_of
from clinic.services.surviving import survivor_of


def move_visit(actor: Actor, visit_id: int, to_patient_id: int, reason: str) -> int:
    """Move a visit with its notes, problems, acts and results; of a merged patient, to whom they were merged into.

    Returns:
        The id of the patient who has it now.

    Raises:
        Refused: no reason, the visit is that patient's already or is before their birth, or a claim of it has left.
    """
    with acting(actor, "visit.move") as work:
        why = reason_of(reason)
        visit = held(work, Visit, visit_id)
        before, patient = visit.patient_id, survivor_of(actor, to_patient_id)
        if before == patient.id:
            raise Refused(N_("The visit is this patient's already."), where="other", remedy=N_("Choose another."))
        if patient.birth and visit.on < patient.birth:
            raise Refused(
                N_("This patient was not born yet on the day of the visit."),
                where="other",
                remedy=N_("Choose another."),
            )
        if ports().visit_is_billed(actor.practice_id, visit.id):
            raise Refused(
                N_("A claim of this visit has left the house in this patient's name."),
                where="other",
                remedy=N_("Void that claim first."),
            )
        ports().visit_moves(work, visit.id, patient.id)
        visit.patient_id = patient.id
        work.session.execute(
            update(Problem)
            .where(Problem.practice_id == actor.practice_id, Problem.visit_id == visit.id)
            .values(patient_id=patient.id)
        )
        body = VisitMoved(visit_id=visit.id, from_patient_id=before, to_patient_id=patient.id)
        visit_facts.tell(work, visit.id, "visit.moved", body, reason=why)
        for each in (before, patient.id):
            patient_facts.tell(work, each, "visit.moved", body, reason=why)
        return patient.id
