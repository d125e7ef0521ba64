"""An injury that is looked after has its own character for it."""

from __future__ import annotations

from collections.abc import Iterator

from billing.edits.declare import Fault, at, edit
from billing.edits.example import claim_with, icd10
from billing.edits.examplenotes import holding
from billing.edits.facts import AnyClaim
from billing.edits.topics import (
    AFTERCARE,
    INITIAL,
    episode,
    icd10_values,
    is_injury,
)
from clinic.domain.words import N_


@edit(
    "INJ-02",
    title=N_("Aftercare beside an injury in treatment"),
    message=N_("%(code)s says the injury is being treated, and %(other)s that it is looked after."),
    severity="warn",
    scope="claim",
    fields=("part.diagnoses", "part.diagnoses[]"),
    when="case.topics and 'aftercare' in case.topics",
    source="ICD-10-CM Official Guidelines, sections I.C.19.a and I.C.21.c.7",
    since="2026-11-25",
)
def injury_aftercare(claim: AnyClaim) -> Iterator[Fault]:
    """An injury that is looked after has its own character for it.

    What it checks:
        No injury with a seventh character of active treatment (A, B, C) stands beside an aftercare code (Z47, Z48).

    Why payers deny:
        Aftercare of an injury is the injury with D, not a Z code; with A beside a Z code the claim says two things at
        once.

    How to fix:
        Give the injury its character for healing (D, or one of the others that say so) and take the aftercare code
        out.
    """
    values = icd10_values(claim)
    aftercare = [value for value in values if value[:3] in AFTERCARE]
    for place, value in enumerate(values):
        if aftercare and is_injury(value) and episode(value) in tuple(INITIAL):
            yield at(f"part.diagnoses[{place}]", code=value, other=aftercare[0])


FACTS = holding("Z4800")
FAILS = (claim_with(diagnoses=icd10("S93401A", "Z4800")),)
PASSES = (claim_with(diagnoses=icd10("S93401A", "I10")),)
