"""A payer's consent and a colleague's referral are two things."""

from __future__ import annotations

from collections.abc import Iterator

from billing.domain.claim import Authority
from billing.edits.declare import Fault, at, edit
from billing.edits.example import claim_with
from billing.edits.facts import AnyClaim
from billing.edits.placeholder import is_placeholder
from clinic.domain.code import NPI, Identifier
from clinic.domain.party import Colleague
from clinic.domain.person import PersonName
from clinic.domain.words import N_


@edit(
    "AUT-03",
    title=N_("One number as authorization and as referral"),
    message=N_("%(number)s stands both as the prior authorization and as the referral."),
    severity="warn",
    scope="claim",
    fields=("authority.referral",),
    when=(
        "claim.authority is not None and claim.authority.prior_authorization is not None and "
        "claim.authority.prior_authorization == claim.authority.referral"
    ),
    kinds=("professional", "dental"),
    source="005010X222A1 2300 REF*G1 and REF*9F: each has a number of its own",
    since="2026-11-25",
)
def authorization_referral(claim: AnyClaim) -> Iterator[Fault]:
    """A payer's consent and a colleague's referral are two things.

    What it checks:
        The number of the prior authorization is not also the number of the referral.

    Why payers deny:
        One of the two is looked up in the wrong list and not found, and the claim is denied or waits.

    How to fix:
        Keep the number where it belongs: the payer gave an authorization, the primary physician a referral.
    """
    authority = claim.authority
    if (
        authority is not None
        and authority.referral
        and authority.referral == authority.prior_authorization
        and not is_placeholder(authority.referral)
    ):
        yield at(number=authority.referral)


FAILS = (
    claim_with(
        authority=Authority(prior_authorization="PA20260301", referral="PA20260301"),
        referring=Colleague(name=PersonName("LIND", "EVA"), identifier=Identifier(NPI, "1234567893")),
    ),
)
PASSES = (claim_with(authority=Authority(prior_authorization="PA20260301")),)
