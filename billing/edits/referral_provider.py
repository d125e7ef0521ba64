"""A referral comes from somebody."""

from __future__ import annotations

from collections.abc import Iterator

from billing.domain.claim import Authority
from billing.domain.professional import ProfessionalClaim
from billing.edits.declare import Fault, at, edit
from billing.edits.example import claim_with
from clinic.domain.code import NPI, Identifier
from clinic.domain.party import Colleague
from clinic.domain.person import PersonName
from clinic.domain.words import N_


@edit(
    "REF-01",
    title=N_("Referral without who referred"),
    message=N_("The claim has the referral number %(number)s, but nobody who referred."),
    severity="warn",
    scope="claim",
    fields=("part.referring",),
    when="claim.part.referring is None and claim.authority is not None",
    source="005010X222A1 2300 REF*9F and 2310A; CMS-1500 boxes 17 and 23",
    since="2026-11-24",
)
def referral_provider(claim: ProfessionalClaim) -> Iterator[Fault]:
    """A referral comes from somebody.

    What it checks:
        A claim with a referral number names the provider who referred.

    Why payers deny:
        The payer looks the referral up by number and provider. With one of the two missing it denies for want
        of a referral.

    How to fix:
        Name the colleague who sent the patient. If nobody did, take the number out, or enter it as prior
        authorization if it is one.
    """
    authority = claim.authority
    if claim.part.referring is None and authority is not None and authority.referral is not None:
        yield at(number=authority.referral)


_SENT = Authority(referral="R4711")
_LIND = Colleague(name=PersonName("LIND", "EVA"), identifier=Identifier(NPI, "1234567893"))

FAILS = (claim_with(authority=_SENT),)
PASSES = (claim_with(authority=_SENT, referring=_LIND), claim_with(authority=Authority(prior_authorization="P1")))
