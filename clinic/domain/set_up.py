"""What the house is set up with: the practice, its places, people, payers, prices and printers, as values."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import msgspec

from clinic.domain.refusal import Refused
from clinic.domain.us_identifiers import (
    read_clia,
    read_npi,
    read_phone,
    read_postal_code,
    read_receiver,
    read_state,
    read_tax_id,
    read_taxonomy,
)
from clinic.domain.value import Value
from clinic.domain.words import N_

STEPS = ("review", "sign")
"""The acts a practice may ask for between coding and sending."""

PROFESSIONS = ("physician", "dentist", "other")


class PracticeFacts(Value, frozen=True, kw_only=True):
    """The practice as it bills, and how its claims are worked on."""

    name: str
    npi: str | None = None
    tax_system: str
    tax_id: str | None = None
    taxonomy: str | None = None
    street: str
    street_2: str | None = None
    city: str
    state: str | None = None
    postal_code: str | None = None
    pay_to_street: str | None = None
    pay_to_city: str | None = None
    pay_to_state: str | None = None
    pay_to_postal_code: str | None = None
    contact_name: str | None = None
    phone: str | None = None
    steps: tuple[str, ...] = ()
    four_eyes: tuple[str, ...] = ()


class LocationFacts(Value, frozen=True, kw_only=True):
    """A place of care."""

    name: str
    npi: str | None = None
    street: str
    street_2: str | None = None
    city: str
    state: str | None = None
    postal_code: str | None = None
    place_of_service: str
    clia: str | None = None
    time_zone: str
    active: bool = False


class ProviderFacts(Value, frozen=True, kw_only=True):
    """Who refers or supervises from outside."""

    last: str
    first: str | None = None
    middle: str | None = None
    suffix: str | None = None
    npi: str | None = None
    taxonomy: str | None = None
    profession: str
    active: bool = False


class StaffFacts(Value, frozen=True, kw_only=True):
    """Who works here, with which roles; the second half is said of providers only."""

    first: str
    last: str
    roles: tuple[str, ...] = ()
    active: bool = False
    middle: str | None = None
    suffix: str | None = None
    npi: str | None = None
    taxonomy: str | None = None
    profession: str | None = None


class PayerFacts(Value, frozen=True, kw_only=True):
    """Who pays."""

    name: str
    payer_system: str
    payer_number: str | None = None
    filing: str
    street: str | None = None
    street_2: str | None = None
    city: str | None = None
    state: str | None = None
    postal_code: str | None = None
    phone: str | None = None
    active: bool = False


class PayerPrice(Value, frozen=True, order=True):
    """Another price for one payer, in cents."""

    payer_id: int
    price_cents: int


class ChargeFacts(Value, frozen=True, kw_only=True):
    """A row of the charge list; ``words`` are the practice's own."""

    system: str
    code: str
    words: str
    price_cents: int
    active: bool = False
    prices: tuple[PayerPrice, ...] = ()


class PrinterFacts(Value, frozen=True, kw_only=True):
    """A printer, how far off its paper lies (tenths of a millimetre, right and down), and how its sheets come out."""

    name: str
    offset_x: int
    offset_y: int
    face_up: bool = False


_READERS: dict[str, Callable[[str, str], str]] = {
    "npi": read_npi,
    "tax_id": read_tax_id,
    "taxonomy": read_taxonomy,
    "clia": read_clia,
    "phone": read_phone,
    "postal_code": read_postal_code,
    "pay_to_postal_code": read_postal_code,
    "state": read_state,
    "pay_to_state": read_state,
    "submitter_id": read_receiver,
    "receiver_id": read_receiver,
}
_ONE_OF = {"tax_system": ("ein", "ssn"), "payer_system": ("payer", "hpid"), "profession": PROFESSIONS}

Facts = TypeVar("Facts", bound=Value)


def as_kept(given: Facts) -> Facts:
    """The same facts with every text in the form it is kept in: trimmed, numbers bare, what is blank absent.

    Raises:
        Refused: a field that is needed is blank, or a number is none.
    """
    found: dict[str, object] = {}
    for field in msgspec.structs.fields(given):
        value = getattr(given, field.name)
        if isinstance(value, str):
            value = _text(value, field.name)
        if value is None and field.required:
            raise Refused(N_("This is needed."), where=field.name)
        if value is not None and value not in _ONE_OF.get(field.name, (value,)):
            raise Refused(N_("There is no such choice."), where=field.name, remedy=N_("Choose one of the list."))
        found[field.name] = value
    return msgspec.structs.replace(given, **found)


def _text(value: str, where: str) -> str | None:
    plain = " ".join(value.split())
    if not plain:
        return None
    reader = _READERS.get(where)
    return reader(plain, where) if reader else plain
