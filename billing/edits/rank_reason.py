"""Medicare asks why somebody else pays first."""

from __future__ import annotations

from collections.abc import Iterator

from billing.edits.declare import Fault, at, edit
from billing.edits.example import FIRST_PAYER, MEDICARE, claim_with
from billing.edits.facts import AnyClaim
from clinic.domain.words import N_


@edit(
    "COB-03",
    title=N_("Why Medicare is not first, missing or out of place"),
    message=N_("Why Medicare does not pay first is said where it is billed after another payer, and only there."),
    severity="block",
    scope="claim",
    fields=("coverage.insurance_type",),
    when='claim.coverage.rank != "P" or claim.coverage.insurance_type is not None',
    makes_redundant=("TXT-02",),
    source="005010X222A1 2000B SBR05; Medicare Secondary Payer Manual, chapter 3",
    since="2026-11-24",
)
def rank_reason(claim: AnyClaim) -> Iterator[Fault]:
    """Medicare asks why somebody else pays first.

    What it checks:
        A claim to Medicare after another payer has the reason (12, 13, 14, 15, 16, 41, 42, 43 or 47); no
        other claim has one.

    Why payers deny:
        Medicare takes no claim as second payer without the reason. On any other claim the guide has no place
        for it.

    How to fix:
        Choose the reason with the policy: 12 for the working aged, 13 for kidney disease, 14 no-fault, 15
        workers' compensation, 43 for the disabled, 47 liability. Take it out where Medicare is not billed or
        pays first.
    """
    coverage = claim.coverage
    after_another = coverage.filing in ("MA", "MB") and coverage.rank != "P"
    if after_another != (coverage.insurance_type is not None):
        yield at()


_SECOND = MEDICARE | {"coverage__rank": "S", "other_coverages": (FIRST_PAYER,)}

FAILS = (claim_with(**_SECOND), claim_with(coverage__insurance_type="12"))
PASSES = (claim_with(**_SECOND, coverage__insurance_type="12"),)
