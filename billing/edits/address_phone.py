"""The payer calls the number on the claim."""

from __future__ import annotations

from collections.abc import Iterator

from billing.edits.declare import Fault, at, edit
from billing.edits.example import claim_with
from billing.edits.facts import AnyClaim
from billing.edits.parties import is_phone
from clinic.domain.words import N_


@edit(
    "ADR-07",
    title=N_("Telephone number that is none"),
    message=N_("%(phone)s is no telephone number: it has ten digits, area code first."),
    severity="warn",
    scope="claim",
    fields=("billing.contact.phone",),
    when="case.texts.parties",
    kinds=("professional", "dental"),
    source="005010X222A1 2010AA PER04: AAABBBCCCC; CMS-1500 box 33",
    since="2026-11-25",
)
def address_phone(claim: AnyClaim) -> Iterator[Fault]:
    """The payer calls the number on the claim.

    What it checks:
        The telephone number of the practice has ten digits, not all the same, without hyphens.

    Why payers deny:
        Front ends refuse other forms. Under a number made up nobody answers, and what one call would have
        settled becomes a denial.

    How to fix:
        Enter area code and number of who answers for claims.
    """
    phone = claim.billing.contact.phone if claim.billing.contact is not None else None
    if phone is not None and not is_phone(phone):
        yield at(phone=phone)


FAILS = (
    claim_with(billing__contact__phone="0000000000"),
    claim_with(billing__contact__phone="555-0142"),
)
PASSES = (claim_with(billing__contact__phone="9785550142"),)
