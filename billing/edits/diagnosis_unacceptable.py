"""Some diagnoses are never the reason by themselves."""

from __future__ import annotations

from collections.abc import Iterator

from billing.edits.case import Case
from billing.edits.declare import Fault, at, edit
from billing.edits.example import EXAMPLE_FACTS, claim_with, icd10
from billing.edits.exampletables import listing
from billing.edits.facts import AnyClaim
from clinic.domain.words import N_


@edit(
    "DIA-11",
    title=N_("Diagnosis that is not taken as the first"),
    message=N_("%(code)s tells of circumstances and is not taken as the first diagnosis."),
    severity="warn",
    scope="claim",
    fields=("part.diagnoses", "part.diagnoses[]"),
    when="case.listed",
    once=True,
    source="Medicare Code Editor, unacceptable principal diagnoses",
    since="2026-11-24",
)
def diagnosis_unacceptable(claim: AnyClaim, case: Case) -> Iterator[Fault]:
    """Some diagnoses are never the reason by themselves.

    What it checks:
        The first diagnosis is no code that the Medicare Code Editor lists as an unacceptable principal diagnosis or
        as an external cause.

    Why payers deny:
        Such a code tells of a circumstance that bears on health, not of an illness or injury that was treated.

    How to fix:
        Put what was treated first, and this code after it.
    """
    for index, rule in case.listed:
        if index == 0 and not rule.lists.isdisjoint(("unacceptable", "external")):
            yield at("part.diagnoses[0]", code=claim.part.diagnoses[0].value)


FACTS = EXAMPLE_FACTS.ruled_by(listing(Z0000="unacceptable"))
FAILS = (claim_with(diagnoses=icd10("Z0000", "E119")),)
PASSES = (claim_with(diagnoses=icd10("E119", "Z0000")),)
