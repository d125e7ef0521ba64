"""A diagnosis that the nearest release does not bill, where none covers the day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from billing.domain.professional import ProfessionalClaim
from billing.edits.case import Case
from billing.edits.declare import Fault, at, edit
from billing.edits.example import EXAMPLE_FACTS, claim_with, icd10, line
from clinic.domain.period import Period
from clinic.domain.words import N_


@edit(
    "DIA-05",
    title=N_("Diagnosis that the nearest release does not bill"),
    message=N_("%(code)s cannot be billed in release %(release)s, the nearest to %(date)s that is loaded."),
    severity="warn",
    scope="claim",
    fields=("part.diagnoses", "part.diagnoses[]"),
    when="case.doubtful",
    makes_redundant=("DIA-06",),
    kinds=("professional", "dental"),
    source="45 CFR 162.1002; ICD-10-CM, the nearest release loaded",
    since="2026-11-24",
)
def diagnosis_nearest(claim: ProfessionalClaim, case: Case) -> Iterator[Fault]:
    """Where no release covers the day, the nearest one is asked.

    What it checks:
        When no loaded release covers the first day of service, each diagnosis is a billable code of the nearest one.

    Why payers deny:
        Most codes hold for years. One that the nearest release does not bill was probably not billable on the day.

    How to fix:
        Load the release of that year to be sure, or look the code up there and keep the reason.
    """
    for index, status in enumerate(case.judged):
        if not status.covered and status.release and status.state != "billable":
            code = claim.part.diagnoses[index].value
            yield at(f"part.diagnoses[{index}]", code=code, date=f"{case.day}", release=status.release)


_EARLIER = (line(service=Period(date(2025, 9, 30))),)
_ON = date(2025, 10, 6)

FACTS = EXAMPLE_FACTS.judged_on(_ON)
FAILS = (claim_with(diagnoses=icd10("E11"), acts=_EARLIER),)
PASSES = (claim_with(diagnoses=icd10("E119"), acts=(line(service=Period(date(2025, 10, 1))),)),)
