"""Some conditions take two codes, in any order."""

from __future__ import annotations

from collections.abc import Iterator

from billing.edits.case import Case
from billing.edits.declare import Fault, edit
from billing.edits.example import claim_with, icd10
from billing.edits.examplenotes import ExampleNote, noting
from billing.edits.facts import AnyClaim
from billing.edits.noted import NOT_NOTED
from billing.edits.notefaults import demanding
from clinic.domain.words import N_


@edit(
    "UAD-03",
    title=N_("Code that stands beside is missing"),
    message=N_(
        "%(code)s is coded with another one, which is not on the claim: the note at %(owner)s says “code also "
        "%(note)s”."
    ),
    severity="advise",
    scope="claim",
    fields=("part.diagnoses", "part.diagnoses[]"),
    when="case.noted and case.noted.also",
    source="ICD-10-CM Official Guidelines, section I.A.17; code also notes of the tabular list",
    since="2026-11-25",
)
def also_missing(claim: AnyClaim, case: Case) -> Iterator[Fault]:
    """Some conditions take two codes, in any order.

    What it checks:
        Where a code also note names the associated condition or its type and the codes for it, one of them is on the
        claim. Notes that leave it open are not held against it.

    Why payers deny:
        Two codes are needed to say the whole. With one, the payer asks what the service was for.

    How to fix:
        Add the second code in the place that fits the visit. If the record does not say, ask the provider.
    """
    yield from demanding(claim, (case.noted or NOT_NOTED).also, "missing")


FACTS = noting(
    "Z4931 N186", ExampleNote("Z49", "codeAlso", "associated end stage renal disease (N18.6)", ("N186",), "listed")
)
FAILS = (claim_with(diagnoses=icd10("Z4931")),)
PASSES = (claim_with(diagnoses=icd10("N186", "Z4931")),)
