"""Whose claim it is and who may pay: a merged chart's claims go out under the patient it was merged into."""

from __future__ import annotations

from clinic.models import Coverage, Patient
from clinic.services.acting import Actor
from clinic.services.surviving import survivor_of


def insured(patient: Patient) -> tuple[Patient, list[Coverage]]:
    """The patient that insurers know, and the policies of both charts, first payer first."""
    if patient.merged_into_id is None:
        return patient, list(patient.coverages)
    stays = survivor_of(Actor(patient.practice_id, None, (), ""), patient.id)
    return stays, sorted([*stays.coverages, *patient.coverages], key=lambda row: (row.rank, row.id))
