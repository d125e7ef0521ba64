"""A visit is one part of a treatment."""

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
    "INJ-01",
    title=N_("One injury in two episodes"),
    message=N_("%(code)s and %(other)s are one injury in two parts of its treatment; a visit is one of them."),
    severity="warn",
    scope="claim",
    fields=("part.diagnoses", "part.diagnoses[]"),
    when="case.topics and 'twice' in case.topics",
    source="ICD-10-CM Official Guidelines, sections I.A.5 and I.C.19.a",
    since="2026-11-25",
)
def injury_episodes(claim: AnyClaim) -> Iterator[Fault]:
    """A visit is one part of a treatment.

    What it checks:
        No injury, fracture or external cause stands twice with two seventh characters.

    Why payers deny:
        The seventh character says whether the injury is being treated, is healing, or has left something behind. Two
        of them contradict each other, and the claim is returned.

    How to fix:
        Keep the one that fits the visit: A while treatment is active, D while it heals, S for what it left behind.
    """
    values = icd10_values(claim)
    for place, value in enumerate(values):
        for other in values[:place]:
            if episode(value) and value != other and value[:6] == other[:6] and len(other) == len(value):
                yield at(f"part.diagnoses[{place}]", code=value, other=other)


FACTS = holding("S52501A S52501D")
FAILS = (claim_with(diagnoses=icd10("S52501D", "S52501A")),)
PASSES = (claim_with(diagnoses=icd10("S52501D")),)
