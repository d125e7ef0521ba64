"""The payer gives the number of an authorization."""

from __future__ import annotations

from collections.abc import Iterator

from billing.domain.claim import Authority
from billing.edits.declare import Fault, at, edit
from billing.edits.example import claim_with
from billing.edits.facts import AnyClaim
from clinic.domain.words import N_


@edit(
    "AUT-04",
    title=N_("Authorization number that is another number"),
    message=N_("%(number)s is another number of this claim, not one of an authorization."),
    severity="warn",
    scope="claim",
    fields=("authority.prior_authorization",),
    when="claim.authority is not None and claim.authority.prior_authorization is not None",
    kinds=("professional", "dental"),
    source="005010X222A1 2300 REF*G1: the number the payer gave; CMS-1500 box 23",
    since="2026-11-25",
)
def authorization_other(claim: AnyClaim) -> Iterator[Fault]:
    """The payer gives the number of an authorization.

    What it checks:
        The prior authorization is not the member id, the group number, the claim's own number or the NPI of the
        practice.

    Why payers deny:
        The number is not found among the payer's authorizations, and the claim is denied as if there were none.

    How to fix:
        Enter the number from the payer's letter, or leave the field empty.
    """
    number = claim.authority.prior_authorization if claim.authority is not None else None
    coverage, billing = claim.coverage, claim.billing.identifier
    others = {coverage.member_id, coverage.group_number, claim.number, billing.value if billing is not None else None}
    if number is not None and number in others:
        yield at(number=number)


FAILS = (claim_with(authority=Authority(prior_authorization="NWH5550001")),)
PASSES = (claim_with(authority=Authority(prior_authorization="PA20260301")),)
