"""The disease comes before what it shows."""

from __future__ import annotations

from collections.abc import Iterator

from billing.edits.case import Case
from billing.edits.declare import Fault, at, edit
from billing.edits.example import EXAMPLE_FACTS, claim_with, icd10
from billing.edits.exampletables import listing
from billing.edits.facts import AnyClaim
from clinic.domain.words import N_


@edit(
    "DIA-10",
    title=N_("Manifestation as first diagnosis"),
    message=N_("%(code)s is what another disease shows; that disease stands before it."),
    severity="warn",
    scope="claim",
    fields=("part.diagnoses", "part.diagnoses[]"),
    when="case.listed",
    once=True,
    source="ICD-10-CM Official Guidelines, section I.A.13; Medicare Code Editor, manifestations",
    since="2026-11-24",
)
def diagnosis_manifestation(claim: AnyClaim, case: Case) -> Iterator[Fault]:
    """The disease comes before what it shows.

    What it checks:
        The first diagnosis is no code that the Medicare Code Editor lists as a manifestation.

    Why payers deny:
        A manifestation code says how another disease shows and is never the reason by itself. Payers refuse it in
        first place.

    How to fix:
        Put the disease first, as the code's own note says, and the manifestation after it.
    """
    for index, rule in case.listed:
        if index == 0 and "manifestation" in rule.lists:
            yield at("part.diagnoses[0]", code=claim.part.diagnoses[0].value)


FACTS = EXAMPLE_FACTS.ruled_by(listing(J069="manifestation"))
FAILS = (claim_with(diagnoses=icd10("J069", "E119")),)
PASSES = (claim_with(diagnoses=icd10("E119", "J069")),)
