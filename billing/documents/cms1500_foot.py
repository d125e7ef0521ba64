"""Boxes 25 to 33 of the CMS-1500, but for the amounts of 28 and 29, which differ from page to page."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from billing.documents.cms1500_wording import dropped, qualified
from billing.documents.rows import Rows
from billing.documents.wording import ON_FILE, city_line, cross, spoken_name, street
from billing.domain.professional import ProfessionalClaim
from clinic.domain.code import SSN

Texts = Sequence[str]
foot: Rows[Callable[[ProfessionalClaim], Texts]] = Rows()

_NOT_DIALLED = dropped("33 phone")
"""Before the number is split in area and rest."""

ASSIGNMENT = {"A": cross(0, 2), "B": cross(0, 2), "C": cross(1, 2)}


@foot("25 number", "25 ssn", "25 ein")
def tax(claim: ProfessionalClaim) -> Texts:
    """The billing provider's."""
    tax = claim.billing.tax
    return tax.value, *cross(0 if tax.system == SSN else 1, 2)


@foot("26 number", "27 yes", "27 no")
def account(claim: ProfessionalClaim) -> Texts:
    """The claim's own number, which comes back on the remittance; whether assignment is accepted."""
    return claim.number, *ASSIGNMENT[claim.part.assignment]


@foot("31 signature")
def signature(claim: ProfessionalClaim) -> Texts:
    """The provider's, signed in the record."""
    return (ON_FILE if claim.part.signed == "Y" else "",)


@foot("32 name", "32 street", "32 city", "32a npi", "32b id")
def facility(claim: ProfessionalClaim) -> Texts:
    """Where it was done, if not at the billing address."""
    place = claim.part.facility
    if place is None:
        return "", "", "", "", ""
    return (
        place.name.name,
        street(place.address),
        city_line(place.address),
        place.identifier.value if place.identifier else "",
        "".join(qualified(place.other)),
    )


@foot("33 name", "33 street", "33 city", "33 area", "33 phone")
def billing(claim: ProfessionalClaim) -> Texts:
    """The contact's name is not printed."""
    who = claim.billing
    phone = who.contact.phone.translate(_NOT_DIALLED) if who.contact and who.contact.phone else ""
    return spoken_name(who.name), street(who.address), city_line(who.address), phone[:3], phone[3:]


@foot("33a npi", "33b id")
def billing_numbers(claim: ProfessionalClaim) -> Texts:
    """33b: what this payer calls the practice, else what it is; qualifier and number without a blank."""
    who = claim.billing
    npi = who.identifier.value if who.identifier else ""
    if claim.coverage.provider_number is None and who.taxonomy is not None:
        return npi, f"ZZ{who.taxonomy.value}"
    return npi, "".join(qualified(claim.coverage.provider_number))
