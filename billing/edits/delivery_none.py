"""An outcome belongs to a delivery."""

from __future__ import annotations

from collections.abc import Iterator

from billing.edits.declare import Fault, at, edit
from billing.edits.example import claim_with, icd10
from billing.edits.examplenotes import holding
from billing.edits.facts import AnyClaim
from billing.edits.topics import (
    OUTCOME,
    icd10_values,
)
from clinic.domain.words import N_


@edit(
    "PRG-05",
    title=N_("Outcome without a delivery"),
    message=N_("%(code)s says what was born, and no diagnosis says that there was a delivery."),
    severity="warn",
    scope="claim",
    fields=("part.diagnoses", "part.diagnoses[]"),
    when="case.topics and 'outcome' in case.topics",
    source="ICD-10-CM Official Guidelines, sections I.C.15.b.5 and I.C.21.c.11",
    since="2026-11-25",
)
def delivery_none(claim: AnyClaim) -> Iterator[Fault]:
    """An outcome belongs to a delivery.

    What it checks:
        A code of the outcome of delivery (Z37) stands beside a code of chapter 15.

    Why payers deny:
        It is for the mother's record and only adds to a delivery. Alone, or on the child's claim, it is refused.

    How to fix:
        Add the delivery. On the child's claim, use the liveborn code (Z38).
    """
    values = icd10_values(claim)
    if not any(value[:1] == "O" for value in values):
        for place, value in enumerate(values):
            if value.startswith(OUTCOME):
                yield at(f"part.diagnoses[{place}]", code=value)
                return


FACTS = holding("O80 Z370")
FAILS = (claim_with(diagnoses=icd10("Z370")),)
PASSES = (claim_with(diagnoses=icd10("O80", "Z370")),)
