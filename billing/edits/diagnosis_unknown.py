"""A diagnosis is a code that was valid on the day."""

from __future__ import annotations

from collections.abc import Iterator

from billing.domain.professional import ProfessionalClaim
from billing.edits.case import Case
from billing.edits.declare import Fault, at, edit
from billing.edits.example import claim_with, icd10
from clinic.domain.words import N_


@edit(
    "DIA-03",
    title=N_("Diagnosis code that does not exist on the day"),
    message=N_("%(code)s is no code of release %(release)s, which holds on %(date)s."),
    severity="block",
    scope="claim",
    fields=("part.diagnoses", "part.diagnoses[]"),
    when="case.doubtful",
    kinds=("professional", "dental"),
    source="45 CFR 162.1002; ICD-10-CM, the release of the day of service",
    since="2026-11-24",
)
def diagnosis_unknown(claim: ProfessionalClaim, case: Case) -> Iterator[Fault]:
    """A diagnosis must exist on the first day of service.

    What it checks:
        Each diagnosis is a code of the release that covers the first day of service.

    Why payers deny:
        Codes are new, changed and deleted each 1 October and 1 April. A code that does not hold on the day is refused
        by the clearinghouse.

    How to fix:
        Search the code again on the date of service and take the one that holds then.
    """
    for index, status in enumerate(case.judged):
        if status.covered and status.state == "unknown":
            code = claim.part.diagnoses[index].value
            yield at(f"part.diagnoses[{index}]", code=code, date=f"{case.day}", release=status.release or "-")


FAILS = (claim_with(diagnoses=icd10("I99999")),)
PASSES = (claim_with(diagnoses=icd10("I10")),)
