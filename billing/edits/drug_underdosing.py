"""Too little of a drug explains a condition."""

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
    "PSN-02",
    title=N_("Underdosing as first diagnosis"),
    message=N_("%(code)s says that too little was taken, and is never the first."),
    severity="warn",
    scope="claim",
    fields=("part.diagnoses", "part.diagnoses[]"),
    when="case.topics and 'harmed' in case.topics",
    source="ICD-10-CM Official Guidelines, section I.C.19.e.5.c",
    since="2026-11-25",
)
def drug_underdosing(claim: AnyClaim) -> Iterator[Fault]:
    """Too little of a drug explains a condition.

    What it checks:
        The first diagnosis is no underdosing (T36 to T50 with fifth or sixth character 6).

    Why payers deny:
        The guidelines never let it stand first: what was treated is the condition that came back or grew worse.

    How to fix:
        Put the condition first and the underdosing after it.
    """
    values = icd10_values(claim)
    if values and drug_intent(values[0]) == "6":
        yield at("part.diagnoses[0]", code=values[0])


FACTS = holding("T465X6A")
FAILS = (claim_with(diagnoses=icd10("T465X6A")),)
PASSES = (claim_with(diagnoses=icd10("I10", "T465X6A")),)
