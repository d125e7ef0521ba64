"""The infection comes before its germ."""

from __future__ import annotations

from collections.abc import Iterator

from billing.edits.declare import Fault, at, edit
from billing.edits.example import claim_with, icd10
from billing.edits.examplenotes import holding
from billing.edits.facts import AnyClaim
from billing.edits.topics import (
    AGENTS,
    icd10_values,
)
from clinic.domain.words import N_


@edit(
    "DIA-13",
    title=N_("Germ as first diagnosis"),
    message=N_("%(code)s names the germ of an infection coded before it."),
    severity="warn",
    scope="claim",
    fields=("part.diagnoses", "part.diagnoses[]"),
    when="case.topics and 'agents' in case.topics",
    source="ICD-10-CM Official Guidelines, section I.C.1.b; note at B95-B97",
    since="2026-11-25",
)
def diagnosis_agent(claim: AnyClaim) -> Iterator[Fault]:
    """The infection comes before its germ.

    What it checks:
        The first diagnosis is no code of a germ in a disease classified elsewhere (B95 to B97).

    Why payers deny:
        These codes only add to an infection. In first place they do not say what was treated.

    How to fix:
        Put the infection first and its germ after it.
    """
    values = icd10_values(claim)
    if values and values[0][:3] in AGENTS:
        yield at("part.diagnoses[0]", code=values[0])


FACTS = holding("B9620 N390")
FAILS = (claim_with(diagnoses=icd10("B9620", "N390")),)
PASSES = (claim_with(diagnoses=icd10("N390", "B9620")),)
