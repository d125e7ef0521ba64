"""Payers answer one after another."""

from __future__ import annotations

from collections.abc import Iterator

from billing.edits.declare import Fault, at, edit
from billing.edits.example import FIRST_PAYER, claim_with
from billing.edits.facts import AnyClaim
from clinic.domain.words import N_


@edit(
    "COB-01",
    title=N_("Two payers of the same rank"),
    message=N_("Two payers of this claim have rank %(rank)s."),
    severity="block",
    scope="claim",
    fields=("other_coverages", "other_coverages[].rank"),
    when="claim.other_coverages",
    kinds=("professional", "dental"),
    source="005010X222A1 2000B SBR01 and 2320 SBR01",
    since="2026-11-24",
)
def rank_repeated(claim: AnyClaim) -> Iterator[Fault]:
    """Payers answer one after another.

    What it checks:
        No two of the payers on a claim, the one billed included, are first, second or third together.

    Why payers deny:
        With two of one rank nobody can tell who answers first. The claim is refused.

    How to fix:
        Put the patient's policies in order: the first to pay has P, then S, then T.
    """
    taken: set[str] = {claim.coverage.rank}
    for index, other in enumerate(claim.other_coverages):
        if other.rank in taken:
            yield at(f"other_coverages[{index}].rank", rank=other.rank)
        taken.add(other.rank)


FAILS = (claim_with(other_coverages=(FIRST_PAYER,)),)
PASSES = (claim_with(coverage__rank="S", other_coverages=(FIRST_PAYER,)),)
