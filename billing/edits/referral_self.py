"""A referral comes from somebody else."""

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
    "REF-05",
    title=N_("Referral by who did it"),
    message=N_("The claim has a referral, and who referred has the NPI of who did it, %(npi)s."),
    severity="warn",
    scope="claim",
    fields=("part.referring.identifier",),
    when=("claim.authority is not None and claim.authority.referral is not None and claim.part.referring is not None"),
    kinds=("professional", "dental"),
    source="005010X222A1 2310A NM1*DN and 2300 REF*9F; CMS-1500 boxes 17b and 23",
    since="2026-11-25",
)
def referral_self(claim: ProfessionalClaim) -> Iterator[Fault]:
    """A referral comes from somebody else.

    What it checks:
        Where the claim has a referral number, who referred is not who did it. Without such a number the two may
        be one: who orders a test in one's own office is named so.

    Why payers deny:
        The plan's referral was given by the primary physician. With the specialist's own NPI the payer does not
        find it.

    How to fix:
        Enter the physician who sent the patient as the referring provider.
    """
    referring, rendering = claim.part.referring, claim.part.rendering
    if (
        claim.authority is not None
        and claim.authority.referral
        and referring is not None
        and rendering is not None
        and referring.identifier is not None
        and referring.identifier == rendering.identifier
    ):
        yield at(npi=referring.identifier.value)


FAILS = (
    claim_with(
        authority=Authority(referral="R20260301"),
        referring=Colleague(name=PersonName("OKAFOR", "DANIEL"), identifier=Identifier(NPI, "1987654328")),
    ),
)
PASSES = (
    claim_with(
        authority=Authority(referral="R20260301"),
        referring=Colleague(name=PersonName("LIND", "EVA"), identifier=Identifier(NPI, "1234567893")),
    ),
    claim_with(referring=Colleague(name=PersonName("OKAFOR", "DANIEL"), identifier=Identifier(NPI, "1987654328"))),
)
