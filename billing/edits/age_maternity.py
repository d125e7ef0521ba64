"""Pregnancy and birth have their years."""

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
    "AGE-03",
    title=N_("Diagnosis of pregnancy at another age"),
    message=N_("%(code)s is of ages %(first)s to %(last)s; the patient was %(age)s on %(date)s."),
    severity="warn",
    scope="claim",
    fields=("part.diagnoses", "part.diagnoses[]"),
    when="case.listed",
    source="Medicare Code Editor, list of age conflicts",
    since="2026-11-24",
)
def age_maternity(claim: AnyClaim, case: Case) -> Iterator[Fault]:
    """Pregnancy and birth have their years.

    What it checks:
        No diagnosis of the maternity list of the Medicare Code Editor stands on a claim for a patient outside its
        years (9 to 64) on the first day of service.

    Why payers deny:
        Payers compare the diagnosis with the date of birth.

    How to fix:
        Look whether the date of birth is right, and whether the claim is for the mother and not for the child. If
        all is right, send it with the record.
    """
    yield from outside(claim, case, "maternity")


FACTS = EXAMPLE_FACTS.ruled_by(listing(J069="maternity"))
FAILS = (claim_with(diagnoses=icd10("J069"), patient__birth=date(1948, 7, 9)),)
PASSES = (
    claim_with(diagnoses=icd10("J069"), patient__birth=date(1984, 7, 9)),
    claim_with(patient__birth=date(1948, 7, 9)),
)
