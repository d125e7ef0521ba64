"""What the drug did comes before the drug."""

from __future__ import annotations

from collections.abc import Iterator

from billing.edits.declare import Fault, at, edit
from billing.edits.example import claim_with, icd10
from billing.edits.examplenotes import holding
from billing.edits.facts import AnyClaim
from billing.edits.topics import (
    drug_intent,
    icd10_values,
)
from clinic.domain.words import N_


@edit(
    "PSN-01",
    title=N_("Adverse effect before what it was"),
    message=N_("%(code)s names the drug; what it did comes before it."),
    severity="warn",
    scope="claim",
    fields=("part.diagnoses", "part.diagnoses[]"),
    when="case.topics and 'harmed' in case.topics",
    source="ICD-10-CM Official Guidelines, section I.C.19.e.5.a",
    since="2026-11-25",
)
def drug_adverse(claim: AnyClaim) -> Iterator[Fault]:
    """What the drug did comes before the drug.

    What it checks:
        The first diagnosis is no drug with an adverse effect (T36 to T50 with fifth or sixth character 5).

    Why payers deny:
        The code only names the drug that was rightly taken. What was treated is the rash, bleeding or nausea.

    How to fix:
        Put what the drug did first and the drug after it.
    """
    values = icd10_values(claim)
    if values and drug_intent(values[0]) == "5":
        yield at("part.diagnoses[0]", code=values[0])


FACTS = holding("T360X5A R21")
FAILS = (claim_with(diagnoses=icd10("T360X5A")),)
PASSES = (claim_with(diagnoses=icd10("R21", "T360X5A")),)
