"""Type 1 takes insulin always."""

from __future__ import annotations

from collections.abc import Iterator

from billing.edits.declare import Fault, at, edit
from billing.edits.example import claim_with, icd10
from billing.edits.examplenotes import holding
from billing.edits.facts import AnyClaim
from billing.edits.topics import (
    DIABETES,
    INSULIN,
    icd10_values,
)
from clinic.domain.words import N_


@edit(
    "DIA-16",
    title=N_("Insulin beside diabetes type 1"),
    message=N_("%(code)s says that insulin is taken, which diabetes type 1 (%(other)s) says already."),
    severity="advise",
    scope="claim",
    fields=("part.diagnoses", "part.diagnoses[]"),
    when="case.topics and 'diabetes' in case.topics",
    source="ICD-10-CM Official Guidelines, section I.C.4.a.3; no note for it at E10",
    since="2026-11-25",
)
def diabetes_insulin(claim: AnyClaim) -> Iterator[Fault]:
    """Type 1 takes insulin always.

    What it checks:
        Z79.4 does not stand beside diabetes type 1 (E10) where no other type is on the claim.

    Why payers deny:
        It says nothing that E10 does not say. Payers leave it out; some ask whether type 2 was meant.

    How to fix:
        Take Z79.4 out, or correct the type of the diabetes.
    """
    values = icd10_values(claim)
    first = [value for value in values if value.startswith("E10")]
    rest = [value for value in values if value[:3] in DIABETES and value not in first]
    if first and not rest and INSULIN in values:
        yield at(f"part.diagnoses[{values.index(INSULIN)}]", code=INSULIN, other=first[0])


FACTS = holding("E109 Z794")
FAILS = (claim_with(diagnoses=icd10("E109", "Z794")),)
PASSES = (claim_with(diagnoses=icd10("E119", "Z794")),)
