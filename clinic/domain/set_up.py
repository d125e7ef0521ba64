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

CLIA_KINDS = {
    "waived": N_("Certificate of Waiver"),
    "ppm": N_("Certificate for provider-performed microscopy"),
    "full": N_("Certificate of Compliance or Accreditation"),
}
"""What the CLIA certificate of a place lets it run in house (42 CFR 493)."""

PRINTER_KINDS = {
    "paper": N_("Forms and letters, printed by the browser"),
    "raw": N_("Labels, sent straight to the printer (ZPL, port 9100)"),
    "cups": N_("Labels, by a print queue of this server (CUPS)"),
    "download": N_("Labels, as a file to print or to keep"),
}
LABEL_STOCKS = {
    "tube": N_("Tube, 2 x 1 in (50.8 x 25.4 mm)"),
    "vial": N_("Vial, 1.5 x 0.75 in (38.1 x 19 mm)"),
    "cryo": N_("Cryogenic vial, 1.28 x 0.5 in (32.5 x 12.7 mm)"),
    "cassette": N_("Cassette or 5 mL vial, 26 x 7 mm"),
}
DENSITIES = (203, 300, 600)
"""Dots to the inch of label printers."""


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
    clia_kind: str | None = None
    """A key of ``CLIA_KINDS``; None where nothing is run in house."""
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
    """A printer, how far off its paper lies (tenths of a millimetre, right and down), and how its sheets come out.

    Of a label printer also where it stands, how labels get to it, and what is loaded.
    """

    name: str
    offset_x: int
    offset_y: int
    face_up: bool = False
    kind: str | None = None
    """A key of ``PRINTER_KINDS``; None is kept as ``paper``."""
    location_id: int | None = None
    address: str | None = None
    """``host`` or ``host:port`` of a raw printer, the queue's name of CUPS."""
    stock: str | None = None
    dpi: int | None = None


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
_ONE_OF: dict[str, tuple[object, ...]] = {
    "tax_system": ("ein", "ssn"),
    "payer_system": ("payer", "hpid"),
    "profession": PROFESSIONS,
    "clia_kind": tuple(CLIA_KINDS),
    "kind": tuple(PRINTER_KINDS),
    "stock": tuple(LABEL_STOCKS),
    "dpi": DENSITIES,
}

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
