"""Without and with do not go together."""

from __future__ import annotations

from collections.abc import Iterator

from billing.edits.declare import Fault, at, edit
from billing.edits.example import claim_with, icd10
from billing.edits.examplenotes import holding
from billing.edits.facts import AnyClaim
from billing.edits.topics import (
    DIABETES,
    icd10_values,
)
from clinic.domain.words import N_


@edit(
    "DIA-15",
    title=N_("Diabetes with and without complications"),
    message=N_("%(code)s says without complications, and %(other)s names one."),
    severity="warn",
    scope="claim",
    fields=("part.diagnoses", "part.diagnoses[]"),
    when="case.topics and 'diabetes' in case.topics",
    source="ICD-10-CM Official Guidelines, sections I.A.15 and I.C.4.a",
    since="2026-11-25",
)
def diabetes_complication(claim: AnyClaim) -> Iterator[Fault]:
    """Without and with do not go together.

    What it checks:
        No diabetes without complications (E08.9 to E13.9) stands beside a code of the same category that names a
        complication.

    Why payers deny:
        The two contradict each other. Plans that pay by risk take the lesser one or ask for the record.

    How to fix:
        Take the one without complications out. Each complication has a code of its own beside the others.
    """
    values = icd10_values(claim)
    for place, value in enumerate(values):
        if value[:3] in DIABETES and value[3:] == "9":
            others = [other for other in values if other[:3] == value[:3] and other != value]
            if others:
                yield at(f"part.diagnoses[{place}]", code=value, other=others[0])


FACTS = holding("E1165")
FAILS = (claim_with(diagnoses=icd10("E1165", "E119")),)
PASSES = (claim_with(diagnoses=icd10("E1165", "I10")),)
