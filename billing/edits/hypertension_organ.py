"""Hypertension and a failing heart or kidney are one."""

from __future__ import annotations

from collections.abc import Iterator

from billing.edits.declare import Fault, at, edit
from billing.edits.example import claim_with, icd10
from billing.edits.examplenotes import holding
from billing.edits.facts import AnyClaim
from billing.edits.topics import (
    ESSENTIAL,
    FAILURE,
    KIDNEY,
    icd10_values,
)
from clinic.domain.words import N_


@edit(
    "DIA-17",
    title=N_("Hypertension apart from heart or kidney"),
    message=N_("%(code)s is coded apart from %(other)s; the classification takes the two as one (%(instead)s)."),
    severity="warn",
    scope="claim",
    fields=("part.diagnoses", "part.diagnoses[]"),
    when="case.topics and 'hypertension' in case.topics",
    source="ICD-10-CM Official Guidelines, sections I.C.9.a.1 to I.C.9.a.3",
    since="2026-11-25",
)
def hypertension_organ(claim: AnyClaim) -> Iterator[Fault]:
    """Hypertension and a failing heart or kidney are one.

    What it checks:
        I10 does not stand beside chronic kidney disease (N18) or heart failure (I50).

    Why payers deny:
        The guidelines take the one to come from the other, and have one code for both. Apart, the claim is coded wrong
        and is found by every audit.

    How to fix:
        Put the code of I11, I12 or I13 in the place of I10, before the other. Only where the record says that they are
        unrelated do both stand.
    """
    values = icd10_values(claim)
    kidney = [value for value in values if value.startswith(KIDNEY)]
    heart = [value for value in values if value.startswith(FAILURE)]
    if ESSENTIAL in values and (kidney or heart):
        instead = "I13" if kidney and heart else "I12" if kidney else "I11"
        where = f"part.diagnoses[{values.index(ESSENTIAL)}]"
        yield at(where, code=ESSENTIAL, other=(kidney or heart)[0], instead=instead)


FACTS = holding("N184 I129")
FAILS = (claim_with(diagnoses=icd10("I10", "N184")),)
PASSES = (claim_with(diagnoses=icd10("I129", "N184")),)
