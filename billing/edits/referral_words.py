"""A number that was never given is worse than none."""

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
    "REF-04",
    title=N_("Referral number that is none"),
    message=N_("%(number)s stands in the place of a referral number and is none."),
    severity="warn",
    scope="claim",
    fields=("authority.referral",),
    when="claim.authority is not None and claim.authority.referral is not None",
    kinds=("professional", "dental"),
    source="005010X222A1 2300 REF*9F; CMS-1500 box 23; CARC 165",
    since="2026-11-25",
)
def referral_words(claim: AnyClaim) -> Iterator[Fault]:
    """A number that was never given is worse than none.

    What it checks:
        The referral is not a word such as NONE, PENDING or SELF, nor a row of one digit.

    Why payers deny:
        The payer looks the number up, finds nothing, and denies the visit as one without a referral.

    How to fix:
        Enter the number from the referral, or leave the field empty.
    """
    number = claim.authority.referral if claim.authority is not None else None
    if number is not None and is_placeholder(number):
        yield at(number=number, fix="null")


FAILS = (
    claim_with(
        authority=Authority(referral="ON FILE"),
        referring=Colleague(name=PersonName("LIND", "EVA"), identifier=Identifier(NPI, "1234567893")),
    ),
)
PASSES = (
    claim_with(
        authority=Authority(referral="R20260301"),
        referring=Colleague(name=PersonName("LIND", "EVA"), identifier=Identifier(NPI, "1234567893")),
    ),
)
