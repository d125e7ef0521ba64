"""A second payer wants to know the first."""

from __future__ import annotations

from collections.abc import Iterator

from billing.edits.declare import Fault, at, edit
from billing.edits.example import FIRST_PAYER, claim_with
from billing.edits.facts import AnyClaim
from clinic.domain.words import N_


@edit(
    "COB-02",
    title=N_("Later payer without the one before"),
    message=N_("The payer billed has rank %(rank)s, but no payer of rank %(before)s is on the claim."),
    severity="warn",
    scope="claim",
    fields=("coverage.rank",),
    when='claim.coverage.rank != "P"',
    once=True,
    kinds=("professional", "dental"),
    source="005010X222A1 2320: each other payer known to be involved",
    since="2026-11-24",
)
def rank_missing(claim: AnyClaim) -> Iterator[Fault]:
    """A second payer wants to know the first.

    What it checks:
        A claim to a second or third payer names the payers before it.

    Why payers deny:
        A second payer pays what the first has left. It denies a claim that does not say who that was.

    How to fix:
        Enter the policy that pays first, with its answer. If it has ended, make this one the first.
    """
    ranks = {other.rank for other in claim.other_coverages}
    for before in {"P": "", "S": "P", "T": "PS"}[claim.coverage.rank]:
        if before not in ranks:
            yield at(rank=claim.coverage.rank, before=before)


FAILS = (claim_with(coverage__rank="S"),)
PASSES = (claim_with(coverage__rank="S", other_coverages=(FIRST_PAYER,)), claim_with())
