"""Mother and child are two patients."""

from __future__ import annotations

from collections.abc import Iterator

from billing.edits.declare import Fault, at, edit
from billing.edits.example import claim_with, icd10
from billing.edits.examplenotes import holding
from billing.edits.facts import AnyClaim
from billing.edits.topics import (
    NEWBORN,
    icd10_values,
)
from clinic.domain.words import N_


@edit(
    "PRG-07",
    title=N_("Mother and child on one claim"),
    message=N_("%(code)s is of the newborn, and %(other)s of the mother."),
    severity="warn",
    scope="claim",
    fields=("part.diagnoses", "part.diagnoses[]"),
    when="case.topics and 'child' in case.topics",
    source="ICD-10-CM Official Guidelines, sections I.C.15.a.2 and I.C.16.a.1",
    since="2026-11-25",
)
def newborn_mother(claim: AnyClaim) -> Iterator[Fault]:
    """Mother and child are two patients.

    What it checks:
        No code of the newborn (P00 to P96, Z38) stands beside a code of chapter 15.

    Why payers deny:
        Chapter 15 is only for the mother's record and chapter 16 only for the child's. One claim is for one of them.

    How to fix:
        Put what was done for the child on the child's claim.
    """
    values = icd10_values(claim)
    mothers = [value for value in values if value[:1] == "O"]
    for place, value in enumerate(values):
        if mothers and (value[:1] == "P" or value.startswith(NEWBORN)):
            yield at(f"part.diagnoses[{place}]", code=value, other=mothers[0])
            return


FACTS = holding("O4202 P599")
FAILS = (claim_with(diagnoses=icd10("O4202", "P599")),)
PASSES = (claim_with(diagnoses=icd10("O4202", "I10")),)
