"""The next payer reads what the one before paid."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from billing.edits.declare import Fault, at, edit
from billing.edits.example import FIRST_PAYER, claim_with
from billing.edits.facts import AnyClaim
from clinic.domain.words import N_


@edit(
    "COB-04",
    title=N_("Earlier payer without its answer"),
    message=N_("%(payer)s answers before this payer, but its answer is not on the claim."),
    severity="warn",
    scope="claim",
    fields=("other_coverages", "other_coverages[].adjudication"),
    when='claim.other_coverages and claim.coverage.rank != "P"',
    kinds=("professional", "dental"),
    source="005010X222A1 2320 AMT*D and CAS, 2330B DTP*573; CARC 22",
    since="2026-11-24",
)
def rank_answer(claim: AnyClaim) -> Iterator[Fault]:
    """The next payer reads what the one before paid.

    What it checks:
        Each payer that answers before the one billed has its answer: what it paid and what it took off.

    Why payers deny:
        Without the answer the payer cannot work out its own share, and denies until it has it.

    How to fix:
        Enter the answer from the remittance. If it has not come, wait for it.
    """
    for index, other in enumerate(claim.other_coverages):
        # The three ranks P, S and T stand in the order of the alphabet.
        if other.rank < claim.coverage.rank and other.adjudication is None:
            yield at(f"other_coverages[{index}].adjudication", payer=other.payer.name.name)


FAILS = (claim_with(coverage__rank="S", other_coverages=(replace(FIRST_PAYER, adjudication=None),)),)
PASSES = (claim_with(coverage__rank="S", other_coverages=(FIRST_PAYER,)),)
