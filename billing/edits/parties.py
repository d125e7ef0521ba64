"""Whether those named on a claim are surely in order: their numbers, specialties and addresses.

Several edits look at them, claim after claim the same. What is said here is only a way past those edits: where
somebody is not surely in order they are asked, and they alone decide.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from billing.edits.address_box import is_box
from billing.edits.address_state import STATES
from billing.edits.placeholder import made_of_one
from clinic.domain.code import NPI, Identifier
from clinic.domain.npi import is_npi
from clinic.domain.party import BillingProvider, Colleague, Facility, Provider
from clinic.domain.person import Address, Person

_MADE_UP = frozenset({"00000", "99999"})
"""ZIP codes that people enter where they know none."""

is_npi_kept = lru_cache(maxsize=65_536)(is_npi)
"""A practice bills with the same few numbers all day."""


def in_order(value: Any) -> bool:
    """Whether an address, a person or one who acts is surely in order; absent ones are."""
    if value is None:
        return True
    known = _WAYS.get(value.__class__)
    return known is None or known(value)


def _address(address: Address) -> bool:
    code = address.postal_code
    return (
        code is not None
        and len(code) in {5, 9}
        and code.isascii()
        and code.isdecimal()
        and code[:5] not in _MADE_UP
        and address.state in STATES
        and address.country in {None, "US"}
        and bool(address.street)
        and bool(address.city)
    )


def _long_address(address: Address) -> bool:
    return _address(address) and len(address.postal_code or "") == 9


def _number(identifier: Identifier | None) -> bool:
    return identifier is None or identifier.system != NPI or is_npi_kept(identifier.value)


def _person(person: Person) -> bool:
    return person.address is None or _address(person.address)


def _provider(provider: Provider) -> bool:
    return _number(provider.identifier) and (provider.taxonomy is None or is_taxonomy(provider.taxonomy.value))


def _colleague(colleague: Colleague) -> bool:
    return _number(colleague.identifier)


def _facility(facility: Facility) -> bool:
    return _number(facility.identifier) and _long_address(facility.address)


def _billing(billing: BillingProvider) -> bool:
    address = billing.address
    return (
        _number(billing.identifier)
        and (billing.taxonomy is None or is_taxonomy(billing.taxonomy.value))
        and _long_address(address)
        and not is_box(address.street)
        and not (address.street_2 and is_box(address.street_2))
        and len(billing.tax.value) == 9
        and billing.tax.value.isdecimal()
        and not made_of_one(billing.tax.value)
        and (billing.contact is None or billing.contact.phone is None or is_phone(billing.contact.phone))
    )


def is_made_up(code: str) -> bool:
    """Whether a ZIP code is one that people enter where they know none."""
    return code[:5] in _MADE_UP


def is_phone(number: str) -> bool:
    """Whether a text has the form of a telephone number as claims carry it, and is no row of one digit."""
    return len(number) == 10 and number.isascii() and number.isdecimal() and not made_of_one(number)


def is_taxonomy(code: str) -> bool:
    """Whether a text has the form of a taxonomy code."""
    return len(code) == 10 and code.isascii() and code.isalnum()


_WAYS: dict[type, Any] = {
    Address: _address,
    Person: _person,
    Provider: _provider,
    Colleague: _colleague,
    Facility: _facility,
    BillingProvider: _billing,
}
