"""What was found is told."""

from __future__ import annotations

from collections.abc import Iterator

from billing.edits.declare import Fault, at, edit
from billing.edits.example import claim_with, icd10
from billing.edits.examplenotes import holding
from billing.edits.facts import AnyClaim
from billing.edits.topics import (
    WITH_FINDINGS,
    icd10_values,
)
from clinic.domain.words import N_


@edit(
    "DIA-19",
    title=N_("Abnormal finding that is not told"),
    message=N_("%(code)s says that something abnormal was found, and no code says what."),
    severity="advise",
    scope="claim",
    fields=("part.diagnoses", "part.diagnoses[]"),
    when="case.topics and 'examination' in case.topics",
    source="ICD-10-CM Official Guidelines, section I.C.21.c.13; notes at Z00 and Z01",
    since="2026-11-25",
)
def examination_untold(claim: AnyClaim) -> Iterator[Fault]:
    """What was found is told.

    What it checks:
        A claim with an examination with abnormal findings has a diagnosis that is no Z code.

    Why payers deny:
        The note asks for the finding. Without it the payer cannot tell the preventive visit from the problem.

    How to fix:
        Add the finding behind the examination, or use the code without findings.
    """
    values = icd10_values(claim)
    if not any(value[:1] != "Z" for value in values):
        for place, value in enumerate(values):
            if value in WITH_FINDINGS:
                yield at(f"part.diagnoses[{place}]", code=value)
                return


FACTS = holding("Z0001 R739")
FAILS = (claim_with(diagnoses=icd10("Z0001")),)
PASSES = (claim_with(diagnoses=icd10("Z0001", "R739")),)
