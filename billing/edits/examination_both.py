"""An examination found something or nothing."""

from __future__ import annotations

from collections.abc import Iterator

from billing.edits.declare import Fault, at, edit
from billing.edits.example import claim_with, icd10
from billing.edits.examplenotes import holding
from billing.edits.facts import AnyClaim
from billing.edits.topics import (
    WITHOUT_FINDINGS,
    icd10_values,
)
from clinic.domain.words import N_


@edit(
    "DIA-18",
    title=N_("Examination with and without findings"),
    message=N_("%(code)s says that nothing abnormal was found, and %(other)s that something was."),
    severity="warn",
    scope="claim",
    fields=("part.diagnoses", "part.diagnoses[]"),
    when="case.topics and 'examination' in case.topics",
    source="ICD-10-CM Official Guidelines, section I.C.21.c.13",
    since="2026-11-25",
)
def examination_both(claim: AnyClaim) -> Iterator[Fault]:
    """An examination found something or nothing.

    What it checks:
        An examination without abnormal findings does not stand beside the same one with them (Z00.0, Z00.12, Z01.0,
        Z01.1, Z01.41).

    Why payers deny:
        The two contradict each other, and preventive benefits hang on which it is.

    How to fix:
        Keep the one with findings if something new was found, and code what it was behind it.
    """
    values = icd10_values(claim)
    for place, value in enumerate(values):
        found = [other for other in WITHOUT_FINDINGS.get(value, ()) if other in values]
        if found:
            yield at(f"part.diagnoses[{place}]", code=value, other=found[0])


FACTS = holding("Z0001 R739")
FAILS = (claim_with(diagnoses=icd10("Z0001", "Z0000", "R739")),)
PASSES = (claim_with(diagnoses=icd10("Z0001", "R739")),)
