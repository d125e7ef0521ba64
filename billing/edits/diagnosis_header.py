"""A diagnosis is coded to the last character."""

from __future__ import annotations

from collections.abc import Iterator

from billing.domain.professional import ProfessionalClaim
from billing.edits.case import Case
from billing.edits.declare import Fault, at, edit
from billing.edits.example import claim_with, icd10
from clinic.domain.words import N_


@edit(
    "DIA-04",
    title=N_("Diagnosis that needs more characters"),
    message=N_("%(code)s is a category of release %(release)s: it needs more characters to be billed."),
    severity="block",
    scope="claim",
    fields=("part.diagnoses", "part.diagnoses[]"),
    when="case.doubtful",
    kinds=("professional", "dental"),
    source="ICD-10-CM Official Guidelines, section I.B.2",
    since="2026-11-24",
)
def diagnosis_header(claim: ProfessionalClaim, case: Case) -> Iterator[Fault]:
    """Only the codes without further branches can be billed.

    What it checks:
        Each diagnosis is a code at the end of its branch in the release that covers the first day of service, with its
        seventh character where it has one.

    Why payers deny:
        A category says less than the code set asks for, and the claim is returned as not coded to the highest
        specificity.

    How to fix:
        Choose the code below it that the record supports. If the record does not say enough, ask the provider.
    """
    for index, status in enumerate(case.judged):
        if status.covered and status.state == "header":
            code = claim.part.diagnoses[index].value
            yield at(f"part.diagnoses[{index}]", code=code, release=status.release or "-")


FAILS = (claim_with(diagnoses=icd10("E11")), claim_with(diagnoses=icd10("S93401")))
PASSES = (claim_with(diagnoses=icd10("E119")), claim_with(diagnoses=icd10("S93401A")))
