"""Payers answer in their order."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from billing.edits.case import Case
from billing.edits.declare import Fault, at, edit
from billing.edits.example import FIRST_PAYER, claim_with
from billing.edits.facts import AnyClaim
from clinic.domain.words import N_


@edit(
    "COB-16",
    title=N_("Later payer that has answered"),
    message=N_("%(payer)s answers after this payer, and its answer is on the claim already."),
    severity="warn",
    scope="claim",
    fields=("other_coverages", "other_coverages[].adjudication"),
    when="claim.other_coverages and case.dubious",
    kinds=("professional", "dental"),
    source="005010X222A1 2320: AMT*D and CAS of payers that have decided before this one",
    since="2026-11-25",
)
def answer_later(claim: AnyClaim, case: Case) -> Iterator[Fault]:
    """Payers answer in their order.

    What it checks:
        No payer that stands after the one billed has an answer on the claim.

    Why payers deny:
        The payer reads that another has decided before it, takes itself for the second, and denies for the want
        of the first.

    How to fix:
        Set the ranks right: who has answered stands before who is billed. If the payer before changes its
        answer, send a replacement to it alone.
    """
    for each in case.answers:
        if each.other.rank > claim.coverage.rank:
            yield at(f"other_coverages[{each.at}].adjudication", payer=each.other.payer.name.name)


FAILS = (claim_with(other_coverages=(replace(FIRST_PAYER, rank="S"),)),)
PASSES = (claim_with(other_coverages=(replace(FIRST_PAYER, rank="S", adjudication=None),)),)
