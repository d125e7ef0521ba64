"""Saying that two patients who look alike are two persons."""

from __future__ import annotations

from clinic.domain.patient_story import Unlike
from clinic.domain.refusal import Refused
from clinic.domain.words import N_
from clinic.models import Patient
from clinic.services.acting import Actor, acting
from clinic.services.find import one
from clinic.services.patient_facts import tell


def tell_apart(actor: Actor, patient_id: int, other_id: int) -> None:
    """Keep, with both, that somebody said so: they are not shown to each other again.

    Raises:
        Refused: it is one patient.
    """
    with acting(actor, "patient.write") as work:
        pair = (one(actor, Patient, patient_id).id, one(actor, Patient, other_id).id)
        if pair[0] == pair[1]:
            raise Refused(N_("This is one chart."), where="other")
        for mine, theirs in (pair, pair[::-1]):
            tell(work, mine, "patient.unlike", Unlike(other_id=theirs))
