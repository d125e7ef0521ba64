"""Money is reported to the tax office under nine digits."""

from __future__ import annotations

from collections.abc import Iterator

from billing.edits.declare import Fault, at, edit
from billing.edits.example import claim_with
from billing.edits.facts import AnyClaim
from clinic.domain.words import N_


@edit(
    "TAX-01",
    title=N_("Tax id that is not nine digits"),
    message=N_("%(tax)s is not a tax id: it has nine digits and nothing else."),
    severity="block",
    scope="claim",
    fields=("billing.tax.value",),
    when="case.texts.parties",
    makes_redundant=("TXT-02",),
    kinds=("professional", "dental"),
    source="26 CFR 301.6109-1; 005010X222A1 2010AA REF*EI and REF*SY; CMS-1500 box 25",
    since="2026-11-24",
)
def tax_digits(claim: AnyClaim) -> Iterator[Fault]:
    """Money is reported to the tax office under nine digits.

    What it checks:
        The billing provider's tax id, EIN or SSN, has nine digits, without hyphens.

    Why payers deny:
        The payer pays the holder of the tax id it has enrolled. One that cannot be one is refused by the
        clearinghouse.

    How to fix:
        Copy the number from the letter of the tax office and enter it under House, Practice.
    """
    tax = claim.billing.tax.value
    if len(tax) != 9 or not tax.isdecimal():
        yield at(tax=tax)


FAILS = (claim_with(billing__tax__value="04-2345678"), claim_with(billing__tax__value="04234567"))
PASSES = (claim_with(billing__tax__value="042345678"),)
