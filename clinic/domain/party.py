"""Those who act around a claim, each with just the facts its part of the claim can say."""

from __future__ import annotations

from clinic.domain.code import Code, Identifier
from clinic.domain.person import Address, Contact, Name, OrganizationName, PersonName
from clinic.domain.value import Value


class Payer(Value, frozen=True):
    """Who pays. ``identifier`` is the number the receiver of the file knows it by (system ``payer`` or ``hpid``)."""

    name: OrganizationName
    identifier: Identifier
    address: Address | None = None


class BillingProvider(Value, frozen=True, kw_only=True):
    """Who is paid: a practice, or a person who bills in their own name."""

    name: Name
    address: Address
    tax: Identifier
    """EIN or SSN, nine digits."""
    identifier: Identifier | None = None
    """NPI."""
    taxonomy: Code | None = None
    contact: Contact | None = None


class Provider(Value, frozen=True, kw_only=True):
    """Who did it."""

    name: Name
    identifier: Identifier | None = None
    """NPI."""
    taxonomy: Code | None = None
    other: Identifier | None = None
    """A number a payer or state gave: systems ``g2``, ``0b``, ``1g`` or ``lu``."""


class Colleague(Value, frozen=True, kw_only=True):
    """Who referred or supervised."""

    name: PersonName
    identifier: Identifier | None = None
    """NPI."""
    other: Identifier | None = None
    """Systems ``g2``, ``0b`` or ``1g``."""


class Facility(Value, frozen=True, kw_only=True):
    """Where it was done."""

    name: OrganizationName
    address: Address
    identifier: Identifier | None = None
    """NPI."""
    other: Identifier | None = None
    """Systems ``g2``, ``0b`` or ``lu``."""
