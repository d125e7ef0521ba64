"""One NPI may stand for several contracts."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from billing.edits.case import Case
from billing.edits.declare import Fault, at, edit
from billing.edits.example import claim_with
from billing.edits.exampleworlds import DEMANDING, asked_by
from billing.edits.facts import AnyClaim
from clinic.domain.words import N_


@edit(
    "PRV-04",
    title=N_("Billing provider without the taxonomy code the payer asks for"),
    message=N_("The payer tells the practice by its taxonomy code, and the claim has none."),
    severity="warn",
    scope="claim",
    fields=("billing.taxonomy",),
    when="case.profile.needs_taxonomy and claim.billing.taxonomy is None",
    kinds=("professional", "dental"),
    makes_redundant=("PRV-01",),
    source="The payer's own rule, in its profile; 005010X222A1 2000A PRV*BI; CMS-1500 box 33b (ZZ)",
    since="2026-11-25",
)
def provider_unspecialized(claim: AnyClaim, case: Case) -> Iterator[Fault]:
    """One NPI may stand for several contracts.

    What it checks:
        Where the payer's profile says so, the billing provider has a taxonomy code.

    Why payers deny:
        Medicaid programmes and others find the contract by NPI, ZIP code and taxonomy together. Without it the
        claim is sent back as of an unknown provider.

    How to fix:
        Enter the taxonomy code the payer has on file, with the practice.
    """
    if case.profile.needs_taxonomy and claim.billing.taxonomy is None:
        yield at()


FACTS = asked_by(msgspec.structs.replace(DEMANDING, needs_taxonomy=True))

FAILS = (claim_with(billing__taxonomy=None),)
PASSES = (claim_with(),)
