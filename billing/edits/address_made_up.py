"""A ZIP code is a place."""

from __future__ import annotations

from collections.abc import Iterator

from billing.domain.professional import ProfessionalClaim
from billing.edits.declare import Fault, at, edit
from billing.edits.example import claim_with
from billing.edits.parties import is_made_up
from clinic.domain.words import N_


@edit(
    "ADR-06",
    title=N_("ZIP code that stands for none"),
    message=N_("%(zip)s is no real ZIP code."),
    severity="warn",
    scope="claim",
    fields=(
        "billing.address.postal_code",
        "pay_to.postal_code",
        "patient.address.postal_code",
        "coverage.subscriber.address.postal_code",
        "part.facility.address.postal_code",
    ),
    when="case.texts.parties",
    kinds=("professional", "dental"),
    source="005010X222A1 N403; USPS Publication 28: no ZIP code 00000 or 99999",
    since="2026-11-25",
)
def address_made_up(claim: ProfessionalClaim) -> Iterator[Fault]:
    """A ZIP code is a place.

    What it checks:
        No ZIP code is 00000 or 99999, with or without four further digits.

    Why payers deny:
        Front ends look ZIP codes up. Payers choose contract and price by the practice's, and the letter to the
        patient comes back.

    How to fix:
        Look the address up with the postal service.
    """
    part = claim.part
    places = (
        ("billing.address.postal_code", claim.billing.address),
        ("pay_to.postal_code", claim.pay_to),
        ("patient.address.postal_code", claim.patient.address),
        ("coverage.subscriber.address.postal_code", getattr(claim.coverage.subscriber, "address", None)),
        ("part.facility.address.postal_code", getattr(part.facility, "address", None)),
    )
    for field, address in places:
        code = address.postal_code if address is not None else None
        if code is not None and is_made_up(code):
            yield at(field, zip=code)


FAILS = (
    claim_with(patient__address__postal_code="00000"),
    claim_with(billing__address__postal_code="999999999"),
)
PASSES = (claim_with(patient__address__postal_code="01970"),)
