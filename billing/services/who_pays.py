"""Whose claim it is and who may pay: a merged chart's claims go out under the patient it was merged into."""

from __future__ import annotations

from datetime import date

from clinic.models import Coverage, Patient, Payer
from clinic.services.acting import Actor
from clinic.services.mappings import payers_here
from clinic.services.surviving import survivor_of


def insured(patient: Patient) -> tuple[Patient, list[Coverage]]:
    """The patient that insurers know, and the policies of both charts, first payer first."""
    if patient.merged_into_id is None:
        return patient, list(patient.coverages)
    stays = survivor_of(Actor(patient.practice_id, None, (), ""), patient.id)
    return stays, sorted([*stays.coverages, *patient.coverages], key=lambda row: (row.rank, row.id))


def in_force(policy: Coverage, on: date) -> bool:
    """Whether a policy covers the day."""
    return (policy.starts is None or policy.starts <= on) and (policy.ends is None or policy.ends >= on)


def first_in_force(policies: list[Coverage], on: date) -> Coverage | None:
    """Who pays first for a day of service: P before S before T."""
    return next((policy for policy in policies if in_force(policy, on)), None)


def billable(policies: list[Coverage]) -> list[Coverage]:
    """The policies but those with a payer of another system that, it was decided, is not billed."""
    if not policies:
        return []
    here = payers_here(policies[0].practice_id, [row.payer for row in policies])
    return [row for row in policies if here.get(row.payer_id, row.payer) is not None]


def payer_of(policy: Coverage) -> Payer:
    """Who a policy is with: a payer of another system is the one of ours that it was said to be."""
    return payers_here(policy.practice_id, [policy.payer]).get(policy.payer_id) or policy.payer
