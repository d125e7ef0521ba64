"""Correcting who a patient is: a new fact, never a change of what left the house (law 3)."""

from __future__ import annotations

from clinic.domain.particulars import Particulars, cleaned
from clinic.domain.patient_story import Corrected
from clinic.domain.refusal import Refused
from clinic.domain.words import N_
from clinic.models import Patient
from clinic.services.acting import Actor, acting
from clinic.services.changing import Overtaken, held, print_of
from clinic.services.enter_patient import FAR_EAST
from clinic.services.patient_facts import particulars_of, put_particulars, tell


def correct_patient(actor: Actor, patient_id: int, particulars: Particulars, seen: str) -> bool:
    """Correct a patient who was ``seen`` (``changing.print_of``); gives whether anything changed.

    Raises:
        Overtaken: somebody else corrected the patient since.
        Refused: the particulars cannot be, or the patient was merged into another.
    """
    with acting(actor, "patient.write") as work:
        patient = held(work, Patient, patient_id)
        if patient.merged_into_id is not None:
            raise Refused(
                N_("This chart was merged into another."),
                where="last",
                remedy=N_("Correct the one it was merged into."),
            )
        before, sound = particulars_of(patient), cleaned(particulars, (work.at + FAR_EAST).date())
        if print_of(before) != seen:
            raise Overtaken(before)
        if sound == before:
            work.journal("patient", patient.id, detail="unchanged")
            return False
        put_particulars(patient, sound)
        tell(work, patient.id, "patient.corrected", Corrected(before=before, after=sound))
        return True
