"""Entering a patient who was never here, once nobody of the practice may be the same, or somebody said they are not."""

from __future__ import annotations

from datetime import timedelta

from clinic.domain.likeness import Traits
from clinic.domain.particulars import Particulars, cleaned
from clinic.domain.patient_story import Entered, Unlike
from clinic.models import Patient
from clinic.services.acting import Actor, acting
from clinic.services.look_alikes import Alike, look_alikes
from clinic.services.number import next_number
from clinic.services.patient_facts import put_particulars, tell

FAR_EAST = timedelta(hours=14)
"""The first place on earth where a day begins: a birth date after that is to come everywhere."""


class MayBeSame(Exception):
    """Patients are here who may be the same; a person decides. Nothing was changed."""

    def __init__(self, alikes: list[Alike]) -> None:
        super().__init__(f"{len(alikes)} may be the same")
        self.alikes = alikes


def enter_patient(actor: Actor, particulars: Particulars, unlike: tuple[int, ...] = ()) -> int:
    """Enter a patient with the next chart number; gives the id.

    Args:
        actor: who enters.
        particulars: who the patient is.
        unlike: ids of the look-alikes that were seen and said to be other persons.

    Raises:
        MayBeSame: patients are here who may be the same and are not among ``unlike``.
        Refused: the particulars cannot be.
    """
    with acting(actor, "patient.write") as work:
        sound = cleaned(particulars, (work.at + FAR_EAST).date())
        traits = Traits(last=sound.last, first=sound.first, birth=sound.birth, phone=sound.phone)
        alikes = look_alikes(actor, traits)
        if any(each.patient.id not in unlike for each in alikes):
            raise MayBeSame(alikes)
        others = tuple(each.patient.id for each in alikes)
        patient = Patient(
            practice_id=actor.practice_id,
            chart_number=f"{next_number(work, 'chart'):06d}",
            created_at=work.at,
        )
        put_particulars(patient, sound)
        work.session.add(patient)
        work.session.flush()
        body = Entered(chart_number=patient.chart_number, particulars=sound, unlike=others)
        tell(work, patient.id, "patient.entered", body)
        for other in others:
            tell(work, other, "patient.unlike", Unlike(other_id=patient.id))
        return patient.id
