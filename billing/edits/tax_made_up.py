"""Payments go to a tax id."""

from __future__ import annotations

from collections.abc import Iterator

from billing.edits.declare import Fault, at, edit
from billing.edits.example import claim_with
from billing.edits.facts import AnyClaim
from billing.edits.placeholder import made_of_one
from clinic.domain.code import EIN, Identifier
from clinic.domain.words import N_


@edit(
    "TAX-02",
    title=N_("Tax id that stands for none"),
    message=N_("%(tax)s is no real tax id."),
    severity="warn",
    scope="claim",
    fields=("billing.tax",),
    when="case.texts.parties",
    kinds=("professional", "dental"),
    source="26 CFR 301.6109-1; 005010X222A1 2010AA REF*EI and REF*SY; CMS-1500 box 25",
    since="2026-11-25",
)
def tax_made_up(claim: AnyClaim) -> Iterator[Fault]:
    """Payments go to a tax id.

    What it checks:
        The billing provider's tax id is not one digit nine times.

    Why payers deny:
        The payer compares the tax id with its contract, finds none, and refuses the claim or pays to nobody.

    How to fix:
        Enter the employer identification number, or the social security number of who bills alone.
    """
    tax = claim.billing.tax.value
    if made_of_one(tax):
        yield at(tax=tax)


FAILS = (claim_with(billing__tax=Identifier(EIN, "999999999")),)
PASSES = (claim_with(billing__tax=Identifier(EIN, "042345678")),)
