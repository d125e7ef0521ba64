"""Some diagnoses are of childhood."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from billing.edits.case import Case
from billing.edits.declare import Fault, edit
from billing.edits.example import EXAMPLE_FACTS, claim_with, icd10
from billing.edits.exampletables import listing
from billing.edits.facts import AnyClaim
from billing.edits.listing import outside
from clinic.domain.words import N_


@edit(
    "AGE-02",
    title=N_("Diagnosis of a child at another age"),
    message=N_("%(code)s is of ages %(first)s to %(last)s; the patient was %(age)s on %(date)s."),
    severity="warn",
    scope="claim",
    fields=("part.diagnoses", "part.diagnoses[]"),
    when="case.listed",
    source="Medicare Code Editor, list of age conflicts",
    since="2026-11-24",
)
def age_pediatric(claim: AnyClaim, case: Case) -> Iterator[Fault]:
    """Some diagnoses are of childhood.

    What it checks:
        No diagnosis of the pediatric list of the Medicare Code Editor stands on a claim for a patient older than
        its years (0 to 17) on the first day of service.

    Why payers deny:
        Payers compare the diagnosis with the date of birth. Codes of childhood and of routine visits of children
        are denied for adults.

    How to fix:
        Look whether the date of birth is right. Else choose the code for adults.
    """
    yield from outside(claim, case, "pediatric")


FACTS = EXAMPLE_FACTS.ruled_by(listing(J069="pediatric"))
FAILS = (claim_with(diagnoses=icd10("J069"), patient__birth=date(1984, 7, 9)),)
PASSES = (
    claim_with(diagnoses=icd10("J069"), patient__birth=date(2016, 1, 5)),
    claim_with(patient__birth=date(1984, 7, 9)),
)
