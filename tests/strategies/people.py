"""People and organisations of claims, within the widths of the CMS-1500 (02/12) and of the 837P."""

from __future__ import annotations

from datetime import date, timedelta

from clinic.domain.code import EIN, HPID, NPI, PAYER, SSN, TAXONOMY, Code, Identifier
from clinic.domain.party import BillingProvider, Colleague, Facility, Payer, Provider
from clinic.domain.person import Address, Contact, Name, OrganizationName, Person, PersonName
from tests.strategies.dice import Dice

_STATES = ("MA", "NY", "CA", "TX", "FL", "PR")
_TAXONOMIES = ("207Q00000X", "208D00000X", "363L00000X", "261QM1300X", "291U00000X", "193400000X", "1223G0001X")


def person_name(dice: Dice, width: int) -> PersonName:
    """A name within ``width`` columns, both as ``LAST SUFFIX, FIRST, M`` and as ``FIRST MIDDLE LAST SUFFIX``."""
    suffix = dice.pick(("JR", "SR", "III", "MD")) if dice.maybe(30) else None
    first = dice.text("name", 5, 35) if dice.maybe(90) else None
    middle = None
    if first and dice.maybe(60):
        # The file knows whole middle names, paper an initial: both occur.
        middle = dice.text("name", 4, 25, 2) if dice.maybe(40) else dice.text("name", 1, 1)
    room = width - 5 - (len(suffix) + 1 if suffix else 0) - len(first or "") - len(middle or "")
    return PersonName(dice.text("name", max(3, room), 60), first, middle, suffix)


def organization(dice: Dice, width: int) -> OrganizationName:
    return OrganizationName(dice.text("business", width, 60, 2))


def address(dice: Dice, width: int, *, home: bool = True, line: int = 0) -> Address:
    """Street and second street within ``width`` columns together, ``CITY ST ZIP-ZIP4`` within ``line`` where given.

    Where the practice is paid or works (``home`` false) the country is the United States and the ZIP code has nine
    digits, as the guide asks (2010AA, 2310C N403).
    """
    second = dice.maybe(30)
    street = dice.text("street", width - 9 if second else width, 55, 3)
    street_2 = dice.text("plain", 8, 55) if second else None
    city = dice.text("city", line - 14 if line else 20, 30, 2)
    if home and dice.maybe(25):
        country = "CA" if dice.full else dice.pick(("CA", "FR", "GB"))
        if country == "CA":
            return Address(street, city, street_2, dice.pick(("ON", "BC")), f"K{dice.digits(1)}A0B1", country)
        return Address(street, city, street_2, None, dice.digits(5) if dice.maybe(60) else None, country)
    postal = dice.digits(9) if not home or dice.maybe() else dice.digits(5)
    return Address(street, city, street_2, dice.pick(_STATES), postal)


def person(dice: Dice, width: int, on: date, *, whole: bool) -> Person:
    """Somebody. A patient is ``whole``: the guide asks for address, birth and sex (2010CA N3 N4 DMG)."""
    known = whole or dice.maybe(80)
    return Person(
        person_name(dice, width),
        dice.day(on - timedelta(days=36500), on - timedelta(days=400)) if known else None,
        dice.pick(("F", "M", "U")) if known else None,
        address(dice, width) if whole or dice.maybe(80) else None,
    )


def npi(dice: Dice, percent: int = 90) -> Identifier | None:
    return Identifier(NPI, dice.npi()) if dice.maybe(percent) else None


def other_number(dice: Dice, systems: tuple[str, ...], width: int) -> Identifier | None:
    if not dice.maybe(30):
        return None
    return Identifier(dice.pick(systems), dice.text("identifier", width, 50, 2))


def taxonomy(dice: Dice, percent: int = 70) -> Code | None:
    return Code(TAXONOMY, dice.pick(_TAXONOMIES)) if dice.maybe(percent) else None


def payer(dice: Dice, width: int = 31) -> Payer:
    number = Identifier(HPID, dice.digits(10)) if dice.maybe(20) else Identifier(PAYER, dice.text("plain", 10, 80, 2))
    return Payer(organization(dice, width), number, address(dice, 31, line=31) if dice.maybe(70) else None)


def billing_provider(dice: Dice) -> BillingProvider:
    # An organisation first: it is what hypothesis shrinks to.
    name: Name = person_name(dice, 29) if not dice.full and dice.maybe(30) else organization(dice, 29)
    return BillingProvider(
        name=name,
        address=address(dice, 29, home=False, line=29),
        tax=Identifier(SSN if dice.maybe(30) else EIN, str(dice.between(100_000_000, 899_999_999))),
        identifier=npi(dice),
        taxonomy=taxonomy(dice),
        contact=_contact(dice) if dice.maybe(70) else None,
    )


def _contact(dice: Dice) -> Contact:
    """Always with a phone: PER03 and PER04 are required, a name alone cannot be written."""
    return Contact(dice.text("business", 40, 60) if dice.maybe() else None, dice.digits(10))


def provider(dice: Dice) -> Provider:
    name: Name = organization(dice, 40) if not dice.full and dice.maybe(20) else person_name(dice, 29)
    return Provider(
        name=name,
        identifier=npi(dice),
        taxonomy=taxonomy(dice),
        other=other_number(dice, ("g2", "0b", "1g", "lu"), 11),
    )


def colleague(dice: Dice) -> Colleague:
    return Colleague(name=person_name(dice, 24), identifier=npi(dice), other=other_number(dice, ("g2", "0b", "1g"), 17))


def facility(dice: Dice) -> Facility:
    return Facility(
        name=organization(dice, 26),
        address=address(dice, 26, home=False, line=26),
        identifier=npi(dice),
        other=other_number(dice, ("g2", "0b", "lu"), 12),
    )
