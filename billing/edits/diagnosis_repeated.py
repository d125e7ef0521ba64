"""A diagnosis is named once."""

from __future__ import annotations

from collections.abc import Iterator

from billing.domain.professional import ProfessionalClaim
from billing.edits.declare import Fault, at, edit
from billing.edits.example import claim_with, icd10
from clinic.domain.words import N_


@edit(
    "DIA-09",
    title=N_("Same diagnosis twice"),
    message=N_("%(code)s stands on the claim twice."),
    severity="warn",
    scope="claim",
    fields=("part.diagnoses", "part.diagnoses[]"),
    when="case.odd",
    kinds=("professional", "dental"),
    source="ICD-10-CM Official Guidelines, section I.B.12",
    since="2026-11-24",
)
def diagnosis_repeated(claim: ProfessionalClaim) -> Iterator[Fault]:
    """A diagnosis is named once.

    What it checks:
        No diagnosis code stands twice among those of the claim.

    Why payers deny:
        The guidelines let each code be reported once for an encounter, even for both sides of the body.
        Payers send the second one back.

    How to fix:
        Take the second one out and let the lines point to the first.
    """
    diagnoses = claim.part.diagnoses
    if len(set(diagnoses)) != len(diagnoses):
        for index, code in enumerate(diagnoses):
            if code in diagnoses[:index]:
                yield at(f"part.diagnoses[{index}]", code=code.value)


FAILS = (claim_with(diagnoses=icd10("I10", "I10")),)
PASSES = (claim_with(diagnoses=icd10("I10", "E119")),)
