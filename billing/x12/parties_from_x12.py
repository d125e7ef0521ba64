"""Names, addresses, numbers and dates out of segments (lists of elements, the segment id first)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import lru_cache

from billing.x12.frame import Frame
from billing.x12.syntax import ELEMENT
from billing.x12.walk import Walk
from clinic.domain.code import HPID, NPI, PAYER, TAXONOMY, Code, Identifier
from clinic.domain.money import Money
from clinic.domain.party import Colleague, Facility, Payer, Provider
from clinic.domain.period import Period
from clinic.domain.person import Address, Contact, Name, OrganizationName, Person, PersonName
from clinic.domain.quantity import Quantity

NUMBER_SYSTEMS = {"0B": "0b", "1G": "1g", "G2": "g2", "LU": "lu"}
"""REF01 of a provider's further numbers, and our key for each."""

PAYER_SYSTEMS = {"PI": PAYER, "XV": HPID}


class CannotHold(Exception):
    """The file is in order, or its faults are known, but a claim cannot be built from it."""

    def __init__(self, frame: Frame, element: str) -> None:
        super().__init__(element)
        self.frame = frame
        self.element = element


def need(frame: Frame | None, key: str, around: Frame) -> list[str]:
    """A segment that must be there.

    Raises:
        CannotHold: it is not.
    """
    found = frame.segments.get(key) if frame is not None else None
    if found is None:
        raise CannotHold(frame or around, key.split(ELEMENT, maxsplit=1)[0])
    return found


def optional(elements: Sequence[str], at: int) -> str | None:
    """An element, None where it is empty or left off."""
    return (elements[at] or None) if at < len(elements) else None


def required(elements: Sequence[str], at: int, frame: Frame) -> str:
    """An element that a claim cannot do without.

    Raises:
        CannotHold: it is empty or left off.
    """
    if at < len(elements) and elements[at]:
        return elements[at]
    raise CannotHold(frame, f"{elements[0]}{at:02d}")


def person_name(nm1: list[str], frame: Frame) -> PersonName:
    """A person's name; of an organisation none can be made.

    Raises:
        CannotHold: NM102 says it is not a person.
    """
    found = name(nm1, frame)
    if not isinstance(found, PersonName):
        raise CannotHold(frame, "NM102")
    return found


def name(nm1: list[str], frame: Frame) -> Name:
    """The name of a person or organisation."""
    last = required(nm1, 3, frame)
    if nm1[2] != "1":
        return OrganizationName(last)
    size = len(nm1)
    if size > 7:
        return PersonName(last, nm1[4] or None, nm1[5] or None, nm1[7] or None)
    return PersonName(last, optional(nm1, 4), optional(nm1, 5))


def npi(nm1: list[str]) -> Identifier | None:
    """NM109 under XX."""
    return Identifier(NPI, nm1[9]) if len(nm1) > 9 and nm1[9] else None


def address(walk: Walk, frame: Frame) -> Address | None:
    """Street and city where both are there. One without the other makes no address and is given back."""
    street, city = frame.segments.get("N3"), frame.segments.get("N4")
    if street is None or city is None:
        for lonely in ("N3", "N4"):
            if lonely in frame.segments:
                walk.spare_segment(frame, lonely)
        return None
    size = len(city)
    return Address(
        required(street, 1, frame),
        required(city, 1, frame),
        optional(street, 2),
        (optional(city, 2) or city[7] or None) if size > 7 else optional(city, 2),
        optional(city, 3),
        optional(city, 4),
    )


def address_needed(walk: Walk, frame: Frame) -> Address:
    """An address that must be there.

    Raises:
        CannotHold: it is not.
    """
    found = address(walk, frame)
    if found is None:
        raise CannotHold(frame, "N3")
    return found


def contact(walk: Walk, frame: Frame) -> Contact | None:
    """PER with a telephone in its first number; another kind of number first makes no contact and is given back."""
    per = frame.segments.get("PER")
    if per is None:
        return None
    if optional(per, 3) != "TE":
        walk.spare_segment(frame, "PER")
        return None
    return Contact(optional(per, 2), optional(per, 4))


def taxonomy(prv: list[str] | None) -> Code | None:
    """PRV03."""
    found = optional(prv, 3) if prv else None
    return Code(TAXONOMY, found) if found else None


def other_number(walk: Walk, frame: Frame) -> Identifier | None:
    """The first REF of the kinds our providers hold; further ones are given back."""
    found: Identifier | None = None
    for key, ref in frame.segments.items():
        if ref[0] != "REF" or len(ref) < 3 or ref[1] not in NUMBER_SYSTEMS:
            continue
        if found is None:
            found = Identifier(NUMBER_SYSTEMS[ref[1]], ref[2])
        elif key in frame.node.held:
            walk.spare_segment(frame, key)
    return found


def provider(walk: Walk, frame: Frame, code: str = "82", role: str = "PE") -> Provider:
    """Who did it: rendering (82, PRV PE) or as assistant surgeon (DD, PRV AS)."""
    nm1 = need(frame, f"NM1{ELEMENT}{code}", frame)
    return Provider(
        name=name(nm1, frame),
        identifier=npi(nm1),
        taxonomy=taxonomy(frame.segments.get(f"PRV{ELEMENT}{role}")),
        other=other_number(walk, frame),
    )


def colleague(walk: Walk, frame: Frame, code: str) -> Colleague:
    """Who referred (DN) or supervised (DQ)."""
    nm1 = need(frame, f"NM1{ELEMENT}{code}", frame)
    return Colleague(name=person_name(nm1, frame), identifier=npi(nm1), other=other_number(walk, frame))


def facility(walk: Walk, frame: Frame) -> Facility:
    """Where it was done: 2310C."""
    nm1 = need(frame, f"NM1{ELEMENT}77", frame)
    return Facility(
        name=OrganizationName(required(nm1, 3, frame)),
        address=address_needed(walk, frame),
        identifier=npi(nm1),
        other=other_number(walk, frame),
    )


def payer(walk: Walk, frame: Frame) -> Payer:
    """Who pays: 2010BB or 2330B."""
    nm1 = need(frame, f"NM1{ELEMENT}PR", frame)
    system = PAYER_SYSTEMS.get(required(nm1, 8, frame))
    if system is None:
        raise CannotHold(frame, "NM108")
    return Payer(
        OrganizationName(required(nm1, 3, frame)), Identifier(system, required(nm1, 9, frame)), address(walk, frame)
    )


def person(walk: Walk, frame: Frame, key: str) -> Person:
    """A patient or subscriber with address, birth date and sex."""
    dmg = frame.segments.get("DMG")
    return Person(
        person_name(need(frame, key, frame), frame),
        day(dmg[2], frame, "DMG02") if dmg and len(dmg) > 2 else None,
        optional(dmg, 3) if dmg else None,  # type: ignore[arg-type]  # the table takes F, M and U only; a faulty claim is validated
        address(walk, frame),
    )


def day(text: str, frame: Frame, element: str) -> date:
    """A date CCYYMMDD.

    Raises:
        CannotHold: it is none.
    """
    try:
        return _day(text)
    except ValueError:
        raise CannotHold(frame, element) from None


def period(dtp: list[str], frame: Frame) -> Period:
    """A day (D8) or a span of days (RD8)."""
    try:
        return _period(required(dtp, 3, frame))
    except ValueError:
        raise CannotHold(frame, "DTP03") from None


def money(text: str, currency: str, frame: Frame, element: str) -> Money:
    """A decimal amount in cents.

    Raises:
        CannotHold: it is not such an amount.
    """
    units, _, decimals = text.partition(".")
    if len(decimals) > 2:
        decimals = decimals.rstrip("0")
    try:
        cents = int(units or "0") * 100 if not decimals else int(units + decimals.ljust(2, "0"))
    except ValueError:
        raise CannotHold(frame, element) from None
    if len(decimals) > 2:
        raise CannotHold(frame, element)
    return Money(cents, currency)


@lru_cache(maxsize=4096)
def _day(text: str) -> date:
    if len(text) != 8:
        raise ValueError(text)
    return date(int(text[:4]), int(text[4:6]), int(text[6:]))


@lru_cache(maxsize=4096)
def _period(text: str) -> Period:
    if len(text) == 8:
        return Period(_day(text))
    return Period(_day(text[:8]), _day(text[9:]))


@lru_cache(maxsize=1024)
def _quantity(text: str, unit: str) -> Quantity | None:
    value = decimal(text)
    return Quantity(value, unit) if value is not None and value.is_finite() else None


def keyed(text: str) -> str:
    """A key as the tables write it, with ``*``, as frames know it."""
    return text.replace("*", ELEMENT)


def decimal(text: str) -> Decimal | None:
    """A decimal number, None where the text is none."""
    try:
        return Decimal(text)
    except InvalidOperation:
        return None


def quantity(text: str, unit: str, frame: Frame, element: str) -> Quantity:
    """So many of a unit.

    Raises:
        CannotHold: it is no number.
    """
    found = _quantity(text, unit)
    if found is None:
        raise CannotHold(frame, element)
    return found
