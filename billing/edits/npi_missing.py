"""The billing provider has an NPI."""

from __future__ import annotations

from collections.abc import Iterator

from billing.domain.professional import ProfessionalClaim
from billing.edits.declare import Fault, at, edit
from billing.edits.example import claim_with
from clinic.domain.code import PAYER_ASSIGNED, Identifier
from clinic.domain.words import N_


@edit(
    "NPI-02",
    title=N_("Billing provider without NPI"),
    message=N_("The billing provider has no NPI."),
    severity="block",
    scope="claim",
    fields=("billing.identifier",),
    when="claim.billing.identifier is None",
    kinds=("professional", "dental"),
    source="45 CFR 162.410; 005010X222A1 2010AA NM109; CMS-1500 box 33a",
    since="2026-11-24",
)
def npi_missing(claim: ProfessionalClaim) -> Iterator[Fault]:
    """Who is to be paid is known by an NPI.

    What it checks:
        The billing provider has an NPI, or, being no health care provider, the number this payer gave it.

    Why payers deny:
        Without the number the payer cannot tell whom to pay, and the clearinghouse sends the claim back.

    How to fix:
        Enter the NPI of the practice, or of the provider who bills in their own name. A biller that has none because
        it gives no care (a taxi, a carer) enters the payer's own number for it in the coverage.
    """
    if claim.billing.identifier is None and claim.coverage.provider_number is None:
        yield at()


FAILS = (claim_with(billing__identifier=None),)
PASSES = (
    claim_with(),
    claim_with(billing__identifier=None, coverage__provider_number=Identifier(PAYER_ASSIGNED, "TX4411")),
)
