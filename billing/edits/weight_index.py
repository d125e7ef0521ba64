"""The index adds to a diagnosis of the provider."""

from __future__ import annotations

from collections.abc import Iterator

from billing.edits.declare import Fault, at, edit
from billing.edits.example import claim_with, icd10
from billing.edits.examplenotes import holding
from billing.edits.facts import AnyClaim
from billing.edits.topics import (
    BODY_MASS,
    icd10_values,
)
from clinic.domain.words import N_

_OF_WEIGHT = (
    *("E40", "E41", "E42", "E43", "E44", "E45", "E46", "E640", "E65", "E66", "E68", "E8881", "F50", "K950", "K958"),
    *("O25", "O260", "O261", "O9921", "O9984", "R620", "R625", "R627", "R63", "R64", "Z0082", "Z713", "Z724", "Z9884"),
)
"""Where the diagnoses of weight and nutrition begin."""


@edit(
    "DIA-20",
    title=N_("Body mass index without a diagnosis of weight"),
    message=N_("%(code)s says the body mass index, and no diagnosis says why it matters."),
    severity="advise",
    scope="claim",
    fields=("part.diagnoses", "part.diagnoses[]"),
    when="case.topics and 'weight' in case.topics",
    source="ICD-10-CM Official Guidelines, sections I.B.14 and I.C.21.c.3",
    since="2026-11-25",
)
def weight_index(claim: AnyClaim) -> Iterator[Fault]:
    """The index adds to a diagnosis of the provider.

    What it checks:
        A body mass index (Z68) stands beside a diagnosis of weight or nutrition: overweight, obesity, malnutrition, an
        eating disorder, weight loss or gain, counselling, surgery for weight, or obesity in pregnancy.

    Why payers deny:
        The index may be taken from anybody's notes, so it counts only with a diagnosis by the provider. Alone payers
        leave it out.

    How to fix:
        If the provider has named the weight as a problem, add that diagnosis; else take the index out.
    """
    values = icd10_values(claim)
    if not any(value.startswith(_OF_WEIGHT) for value in values):
        for place, value in enumerate(values):
            if value.startswith(BODY_MASS):
                yield at(f"part.diagnoses[{place}]", code=value)
                return


FACTS = holding("Z6841 E6601")
FAILS = (claim_with(diagnoses=icd10("I10", "Z6841")),)
PASSES = (claim_with(diagnoses=icd10("E6601", "Z6841")),)
