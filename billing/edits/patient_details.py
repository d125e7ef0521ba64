"""The patient's birth date, sex and address are known."""

from __future__ import annotations

from collections.abc import Iterator

from billing.edits.declare import Fault, at, edit
from billing.edits.example import claim_with
from billing.edits.facts import AnyClaim
from clinic.domain.words import N_


@edit(
    "PAT-01",
    title=N_("Patient without birth date, sex or address"),
    message=N_("The patient's file lacks: %(part)s."),
    severity="block",
    scope="claim",
    fields=("patient.birth", "patient.sex", "patient.address"),
    when="claim.patient.birth is None or claim.patient.sex is None or claim.patient.address is None",
    kinds=("professional", "dental"),
    source="005010X222A1 2010BA and 2010CA N3, N4, DMG; CMS-1500 boxes 3 and 5",
    since="2026-11-24",
)
def patient_details(claim: AnyClaim) -> Iterator[Fault]:
    """The payer finds the patient by name, birth date and sex.

    What it checks:
        The patient has a birth date, a sex (female, male or unknown) and an address.

    Why payers deny:
        The file asks for all three where the patient is the subscriber, and again where not. With one missing the
        claim is refused, or the payer does not find the member.

    How to fix:
        Complete the patient's record from the insurance card and an identity document.
    """
    patient = claim.patient
    if patient.birth is None:
        yield at("patient.birth", part="birth")
    if patient.sex is None:
        yield at("patient.sex", part="sex")
    if patient.address is None:
        yield at("patient.address", part="address")


FAILS = (claim_with(patient__birth=None), claim_with(patient__sex=None, patient__address=None))
PASSES = (claim_with(patient__sex="U"),)
