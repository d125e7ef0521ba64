"""Medicaid is the payer of last resort."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from billing.edits.declare import Fault, at, edit
from billing.edits.example import FIRST_PAYER, claim_with
from billing.edits.facts import AnyClaim
from clinic.domain.words import N_

_AFTER_IT = frozenset({"MC", "TV", "OF", "VA"})


@edit(
    "COB-14",
    title=N_("Medicaid before another payer"),
    message=N_("Medicaid pays last, and here %(payer)s stands after it."),
    severity="warn",
    scope="claim",
    fields=("coverage.rank", "other_coverages[].rank"),
    when=(
        'claim.other_coverages and (len(claim.other_coverages) > 1 or claim.coverage.filing == "MC" or '
        'claim.other_coverages[0].filing == "MC")'
    ),
    kinds=("professional", "dental"),
    source="42 U.S.C. 1396a(a)(25); 42 CFR 433.139: Medicaid pays after all others that are liable",
    since="2026-11-25",
)
def payer_last(claim: AnyClaim) -> Iterator[Fault]:
    """Medicaid is the payer of last resort.

    What it checks:
        Nobody stands after Medicaid but other Medicaid programmes and the few programmes that pay after it
        (Title V, other federal programmes, veterans).

    Why payers deny:
        Medicaid denies the claim until the other payer has answered, and takes back what it paid without
        knowing.

    How to fix:
        Bill the other payer first, and Medicaid with its answer.
    """
    policies = [("coverage.rank", claim.coverage.filing, claim.coverage.rank, claim.coverage.payer)]
    for index, other in enumerate(claim.other_coverages):
        policies.append((f"other_coverages[{index}].rank", other.filing, other.rank, other.payer))
    for field, filing, rank, _ in policies:
        if filing == "MC":
            for _, after, later, payer in policies:
                if later > rank and after not in _AFTER_IT:
                    yield at(field, payer=payer.name.name)
                    break


FAILS = (claim_with(coverage__filing="MC", other_coverages=(replace(FIRST_PAYER, rank="S", adjudication=None),)),)
PASSES = (claim_with(coverage__filing="MC", coverage__rank="S", other_coverages=(FIRST_PAYER,)),)
