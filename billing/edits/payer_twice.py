"""A policy pays once."""

from __future__ import annotations

from collections.abc import Iterator

from billing.edits.declare import Fault, at, edit
from billing.edits.example import FIRST_PAYER, claim_with
from billing.edits.facts import AnyClaim
from clinic.domain.code import PAYER, Identifier
from clinic.domain.words import N_


@edit(
    "COB-13",
    title=N_("Same policy twice"),
    message=N_("%(payer)s stands on the claim twice with member id %(member)s."),
    severity="warn",
    scope="claim",
    fields=("other_coverages", "other_coverages[].payer"),
    when=(
        "claim.other_coverages and (len(claim.other_coverages) > 1 or claim.other_coverages[0].member_id"
        " == claim.coverage.member_id)"
    ),
    kinds=("professional", "dental"),
    source="005010X222A1 2320: the other payers of the patient; CARC 22",
    since="2026-11-25",
)
def payer_twice(claim: AnyClaim) -> Iterator[Fault]:
    """A policy pays once.

    What it checks:
        No other policy has the payer's number and the member id of the policy billed, or of another one.

    Why payers deny:
        The payer sends the claim to itself, finds it decided, and denies it as a duplicate.

    How to fix:
        Take the second out, or enter the policy that is really the other one.
    """
    known = {(claim.coverage.payer.identifier, claim.coverage.member_id)}
    for index, other in enumerate(claim.other_coverages):
        policy = (other.payer.identifier, other.member_id)
        if policy in known:
            yield at(f"other_coverages[{index}].payer", payer=other.payer.name.name, member=other.member_id)
        known.add(policy)


FAILS = (
    claim_with(
        coverage__payer__identifier=Identifier(PAYER, "SW002"),
        coverage__member_id="SWM77001",
        coverage__rank="S",
        other_coverages=(FIRST_PAYER,),
    ),
)
PASSES = (
    claim_with(coverage__rank="S", other_coverages=(FIRST_PAYER,)),
    claim_with(
        coverage__payer__identifier=Identifier(PAYER, "SW002"), coverage__rank="S", other_coverages=(FIRST_PAYER,)
    ),
)
