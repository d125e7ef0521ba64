"""A delivery tells what was born."""

from __future__ import annotations

from collections.abc import Iterator

from billing.edits.declare import Fault, at, edit
from billing.edits.example import claim_with, icd10
from billing.edits.examplenotes import holding
from billing.edits.facts import AnyClaim
from billing.edits.topics import (
    DELIVERIES,
    OUTCOME,
    icd10_values,
)
from clinic.domain.words import N_


@edit(
    "PRG-04",
    title=N_("Delivery without its outcome"),
    message=N_("%(code)s is a delivery, and no code says its outcome (Z37)."),
    severity="advise",
    scope="claim",
    fields=("part.diagnoses", "part.diagnoses[]"),
    when="case.topics and 'delivered' in case.topics",
    source="ICD-10-CM Official Guidelines, sections I.C.15.b.5 and I.C.21.c.11; note at O80",
    since="2026-11-25",
)
def delivery_outcome(claim: AnyClaim) -> Iterator[Fault]:
    """A delivery tells what was born.

    What it checks:
        A claim with a delivery (O80, O82) has a code of its outcome (Z37).

    Why payers deny:
        The outcome belongs on every maternal record of a delivery, and some plans hold the claim until they have it.

    How to fix:
        Add the code of the outcome; with O80 it is a single liveborn (Z37.0).
    """
    values = icd10_values(claim)
    if not any(value.startswith(OUTCOME) for value in values):
        for place, value in enumerate(values):
            if value in DELIVERIES:
                yield at(f"part.diagnoses[{place}]", code=value)
                return


FACTS = holding("O80 Z370")
FAILS = (claim_with(diagnoses=icd10("O80")),)
PASSES = (claim_with(diagnoses=icd10("O80", "Z370")),)
