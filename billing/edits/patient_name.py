"""Payers know people by their names."""

from __future__ import annotations

from collections.abc import Iterator

from billing.edits.declare import Fault, at, edit
from billing.edits.example import claim_with
from billing.edits.facts import AnyClaim
from clinic.domain.person import PersonName
from clinic.domain.words import N_

_WORDS = frozenset({"UNKNOWN", "UNK", "PATIENT", "TEST", "NONE", "XXX", "NA"})


@edit(
    "PAT-04",
    title=N_("Patient without a real name"),
    message=N_("%(name)s stands in the place of the patient's name."),
    severity="warn",
    scope="claim",
    fields=("patient.name.last", "patient.name.first"),
    when=(
        'claim.patient.name.last in {"UNKNOWN", "UNK", "PATIENT", "TEST", "NONE", "XXX", "NA"} or '
        'claim.patient.name.first in {"UNKNOWN", "UNK", "PATIENT", "TEST", "NONE", "XXX", "NA"}'
    ),
    kinds=("professional", "dental"),
    source="005010X222A1 2010BA and 2010CA NM103 and NM104; CMS-1500 box 2",
    since="2026-11-25",
)
def patient_name(claim: AnyClaim) -> Iterator[Fault]:
    """Payers know people by their names.

    What it checks:
        The patient's last and first name are not words such as UNKNOWN, PATIENT, TEST or NONE.

    Why payers deny:
        Nobody of that name is insured, and the claim is refused on arrival.

    How to fix:
        Enter the name as it stands on the card. A newborn is billed under the name the payer has, often that of
        the mother with BABY.
    """
    name = claim.patient.name
    if name.last in _WORDS:
        yield at("patient.name.last", name=name.last)
    elif name.first is not None and name.first in _WORDS:
        yield at("patient.name.first", name=name.first)


FAILS = (claim_with(patient__name=PersonName("UNKNOWN", "NORA")),)
PASSES = (claim_with(patient__name=PersonName("ALVAREZ", "BABY")),)
