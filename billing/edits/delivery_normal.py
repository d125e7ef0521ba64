"""A normal delivery stands alone in its chapter."""

from __future__ import annotations

from collections.abc import Iterator

from billing.edits.declare import Fault, at, edit
from billing.edits.example import claim_with, icd10
from billing.edits.examplenotes import holding
from billing.edits.facts import AnyClaim
from billing.edits.topics import (
    icd10_values,
)
from clinic.domain.words import N_


@edit(
    "PRG-06",
    title=N_("Normal delivery beside a complication"),
    message=N_("%(code)s is a delivery without trouble, and %(other)s names some."),
    severity="warn",
    scope="claim",
    fields=("part.diagnoses", "part.diagnoses[]"),
    when="case.topics and 'normal' in case.topics",
    source="ICD-10-CM Official Guidelines, section I.C.15.n.1",
    since="2026-11-25",
)
def delivery_normal(claim: AnyClaim) -> Iterator[Fault]:
    """A normal delivery stands alone in its chapter.

    What it checks:
        O80 stands beside no other code of chapter 15.

    Why payers deny:
        O80 is only for a full-term delivery without complication; with another code of the chapter the claim
        contradicts itself.

    How to fix:
        Take O80 out and keep the codes of what was treated.
    """
    values = icd10_values(claim)
    others = [value for value in values if value[:1] == "O" and value != "O80"]
    if "O80" in values and others:
        yield at(f"part.diagnoses[{values.index('O80')}]", code="O80", other=others[0])


FACTS = holding("O80 O4202 Z370")
FAILS = (claim_with(diagnoses=icd10("O80", "O4202", "Z370")),)
PASSES = (claim_with(diagnoses=icd10("O80", "Z370")),)
