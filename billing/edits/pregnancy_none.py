"""The week belongs to a pregnancy."""

from __future__ import annotations

from collections.abc import Iterator

from billing.edits.declare import Fault, at, edit
from billing.edits.example import claim_with, icd10
from billing.edits.examplenotes import holding
from billing.edits.facts import AnyClaim
from billing.edits.topics import (
    WEEKS,
    icd10_values,
)
from clinic.domain.words import N_


@edit(
    "PRG-02",
    title=N_("Weeks without a pregnancy"),
    message=N_("%(code)s says a week of pregnancy, and no diagnosis says that there is one."),
    severity="warn",
    scope="claim",
    fields=("part.diagnoses", "part.diagnoses[]"),
    when="case.topics and 'weeks' in case.topics",
    source="ICD-10-CM Official Guidelines, section I.C.21.c.11; note at Z3A",
    since="2026-11-25",
)
def pregnancy_none(claim: AnyClaim) -> Iterator[Fault]:
    """The week belongs to a pregnancy.

    What it checks:
        A code of the weeks of gestation (Z3A) stands beside a code of chapter 15, or beside one of a pregnancy without
        trouble or of its screening (Z33, Z34, Z36).

    Why payers deny:
        The week alone is no reason for a visit, and is only for the mother's record.

    How to fix:
        Add what the visit was for. On the child's claim, take the week out.
    """
    values = icd10_values(claim)
    if not any(value[:1] == "O" or value[:3] in {"Z33", "Z34", "Z36"} for value in values):
        for place, value in enumerate(values):
            if value.startswith(WEEKS):
                yield at(f"part.diagnoses[{place}]", code=value)
                return


FACTS = holding("Z3A20 Z3401")
FAILS = (claim_with(diagnoses=icd10("I10", "Z3A20")),)
PASSES = (claim_with(diagnoses=icd10("Z3401", "Z3A20")),)
