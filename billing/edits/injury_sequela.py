"""What is treated comes before the injury that left it."""

from __future__ import annotations

from collections.abc import Iterator

from billing.edits.declare import Fault, at, edit
from billing.edits.example import claim_with, icd10
from billing.edits.examplenotes import holding
from billing.edits.facts import AnyClaim
from billing.edits.topics import (
    episode,
    icd10_values,
)
from clinic.domain.words import N_


@edit(
    "INJ-03",
    title=N_("Sequela before what it left behind"),
    message=N_("%(code)s says which injury it was; what it left behind comes before it."),
    severity="warn",
    scope="claim",
    fields=("part.diagnoses", "part.diagnoses[]"),
    when="case.topics and 'sequela' in case.topics",
    source="ICD-10-CM Official Guidelines, sections I.B.10 and I.C.19.a",
    since="2026-11-25",
)
def injury_sequela(claim: AnyClaim) -> Iterator[Fault]:
    """What is treated comes before the injury that left it.

    What it checks:
        The first diagnosis is no injury with the seventh character S.

    Why payers deny:
        S only says where the condition comes from. By itself it does not say what was treated.

    How to fix:
        Put the scar, pain or stiffness first and the injury with S after it.
    """
    values = icd10_values(claim)
    if values and values[0][:1] in {"S", "T"} and episode(values[0]) == "S":
        yield at("part.diagnoses[0]", code=values[0])


FACTS = holding("S52501S M25631")
FAILS = (claim_with(diagnoses=icd10("S52501S")),)
PASSES = (claim_with(diagnoses=icd10("M25631", "S52501S")),)
