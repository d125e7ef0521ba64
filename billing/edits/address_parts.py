"""An address has street, city, state and ZIP code."""

from __future__ import annotations

from collections.abc import Iterator

from billing.domain.professional import ProfessionalClaim
from billing.edits.declare import Fault, at, edit
from billing.edits.example import claim_with
from clinic.domain.person import Address
from clinic.domain.words import N_

PARTIES = ("billing.address", "patient.address", "coverage.subscriber.address", "part.facility.address", "pay_to")
"""Whose addresses have to be whole."""


@edit(
    "ADR-03",
    title=N_("Address with a part missing"),
    message=N_("A part of the address is missing: %(part)s."),
    severity="block",
    scope="claim",
    fields=tuple(f"{party}.{part}" for party in PARTIES for part in ("state", "postal_code", "street", "city")),
    when="case.texts.parties",
    makes_redundant=("TXT-02",),
    kinds=("professional", "dental"),
    source="005010X222A1 N301, N401 to N403",
    since="2026-11-24",
)
def address_parts(claim: ProfessionalClaim) -> Iterator[Fault]:
    """An address that is given is whole.

    What it checks:
        The addresses of billing provider, patient, subscriber, facility and the one the money goes to have street and
        city, and in the United States state and ZIP code.

    Why payers deny:
        The file asks for all of them where it asks for an address at all, and is refused without.

    How to fix:
        Complete the address where it is kept.
    """
    for party, address in addresses(claim):
        if not address.street:
            yield at(f"{party}.street", part="street")
        if not address.city:
            yield at(f"{party}.city", part="city")
        if address.country in (None, "US"):
            if not address.state:
                yield at(f"{party}.state", part="state")
            if not address.postal_code:
                yield at(f"{party}.postal_code", part="postal_code")


def addresses(claim: ProfessionalClaim) -> Iterator[tuple[str, Address]]:
    """The addresses of a claim that have to be whole, each with its field."""
    yield "billing.address", claim.billing.address
    if claim.patient.address is not None:
        yield "patient.address", claim.patient.address
    subscriber = claim.coverage.subscriber
    if subscriber is not None and subscriber.address is not None:
        yield "coverage.subscriber.address", subscriber.address
    if claim.part.facility is not None:
        yield "part.facility.address", claim.part.facility.address
    if claim.pay_to is not None:
        yield "pay_to", claim.pay_to


FAILS = (
    claim_with(patient__address=Address("4 ELM COURT", "SALEM")),
    claim_with(billing__address__city=""),
)
PASSES = (
    claim_with(),
    claim_with(patient__address=Address("4 RUE DU PORT", "ROUEN", postal_code="76000", country="FR")),
)
