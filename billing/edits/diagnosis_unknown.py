"""A diagnosis is a code that was valid on the day."""

from __future__ import annotations

from collections.abc import Iterator

from billing.domain.professional import ProfessionalClaim
from billing.edits.declare import Fault, at, edit
from billing.edits.example import claim_with, icd10
from billing.edits.facts import Facts
from clinic.domain.words import N_


@edit(
    "DIA-03",
    title=N_("Diagnosis code that does not exist on the day"),
    message=N_("%(code)s is no code of release %(release)s, which holds on %(date)s."),
    severity="block",
    scope="claim",
    fields=("part.diagnoses", "part.diagnoses[]"),
    source="45 CFR 162.1002; ICD-10-CM, the release of the day of service",
    since="2026-11-24",
)
def diagnosis_unknown(claim: ProfessionalClaim, facts: Facts) -> Iterator[Fault]:
    """A diagnosis must exist on the first day of service.

    What it checks:
        Each diagnosis is a code of the release that covers the first day of service.

    Why payers deny:
        Codes are new, changed and deleted each 1 October and 1 April. A code that does not hold on the day is refused
        by the clearinghouse.

    How to fix:
        Search the code again on the date of service and take the one that holds then.
    """
    if claim.acts:
        start = min(act.service.start for act in claim.acts)
        for index, code in enumerate(claim.part.diagnoses):
            status = facts.codes.status(code.system, code.value, start)
            if status.covered and status.state == "unknown":
                yield at(
                    f"part.diagnoses[{index}]", code=code.value, date=start.isoformat(), release=status.release
                )


FAILS = (claim_with(diagnoses=icd10("I99999")),)
PASSES = (claim_with(diagnoses=icd10("I10")),)
