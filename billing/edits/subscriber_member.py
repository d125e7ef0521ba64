"""The policy has a member id."""

from __future__ import annotations

from collections.abc import Iterator

from billing.edits.declare import Fault, at, edit
from billing.edits.example import claim_with
from billing.edits.facts import AnyClaim
from clinic.domain.words import N_


@edit(
    "SUB-02",
    title=N_("No member id"),
    message=N_("The policy has no member id."),
    severity="block",
    scope="claim",
    fields=("coverage.member_id",),
    when="not claim.coverage.member_id.strip()",
    makes_redundant=("TXT-02",),
    kinds=("professional", "dental"),
    source="005010X222A1 2010BA NM109; CMS-1500 box 1a",
    since="2026-11-24",
)
def subscriber_member(claim: AnyClaim) -> Iterator[Fault]:
    """The member id is how the payer knows the patient.

    What it checks:
        The policy billed has a member id.

    Why payers deny:
        Without it the payer does not find the policy, and the file is refused.

    How to fix:
        Copy the id from the insurance card, letters included.
    """
    if not claim.coverage.member_id.strip():
        yield at()


FAILS = (claim_with(coverage__member_id=""),)
PASSES = (claim_with(),)
