"""A number that was never given is worse than none."""

from __future__ import annotations

from collections.abc import Iterator

from billing.domain.claim import Authority
from billing.edits.declare import Fault, at, edit
from billing.edits.example import claim_with
from billing.edits.facts import AnyClaim
from billing.edits.placeholder import is_placeholder
from clinic.domain.words import N_


@edit(
    "AUT-02",
    title=N_("Authorization number that is none"),
    message=N_("%(number)s stands in the place of an authorization number and is none."),
    severity="warn",
    scope="claim",
    fields=("authority.prior_authorization",),
    when="claim.authority is not None and claim.authority.prior_authorization is not None",
    kinds=("professional", "dental"),
    source="005010X222A1 2300 REF*G1; CMS-1500 box 23; CARC 15",
    since="2026-11-25",
)
def authorization_words(claim: AnyClaim) -> Iterator[Fault]:
    """A number that was never given is worse than none.

    What it checks:
        The prior authorization is not a word such as NONE, PENDING or ON FILE, nor a row of one digit.

    Why payers deny:
        The payer looks the number up, finds nothing, and denies the claim for an authorization that does not go
        with it.

    How to fix:
        Enter the number from the payer's letter, or leave the field empty.
    """
    number = claim.authority.prior_authorization if claim.authority is not None else None
    if number is not None and is_placeholder(number):
        yield at(number=number, fix="null")


FAILS = (claim_with(authority=Authority(prior_authorization="PENDING")),)
PASSES = (claim_with(authority=Authority(prior_authorization="PA20260301")),)
