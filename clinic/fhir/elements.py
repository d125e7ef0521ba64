"""The data types that resources are built of, written from the house's values and read back.

Each pair is the other's inverse for every value of its type; what FHIR has no element for travels in an extension
of ours. Reading takes foreign resources too: it refuses what has the wrong shape, and leaves out what it cannot use.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any, Final

from clinic.domain.code import Code, Identifier
from clinic.domain.money import Money
from clinic.domain.period import Period
from clinic.domain.person import Address, PersonName, Sex
from clinic.domain.quantity import Quantity
from clinic.domain.words import N_
from clinic.fhir.node import Node
from clinic.fhir.systems import code_address, extension_address, identifier_address, key_of

Json = dict[str, Any]

ABSENT_REASON: Final = "http://hl7.org/fhir/StructureDefinition/data-absent-reason"

_GENDERS: dict[Sex, str] = {"F": "female", "M": "male", "U": "unknown"}
_SEXES: dict[str, Sex] = {"female": "F", "male": "M", "unknown": "U", "other": "U"}


def present(**fields: Any) -> Json:
    """The fields that hold something; FHIR has no null, no empty list and no empty object."""
    return {name: value for name, value in fields.items() if value is not None and value not in ([], {})}


# Extensions of ours: a url and one value.


def write_extension(name: str, kind: str, value: Any) -> Json:
    """An extension of ours; ``kind`` is the value's element, such as ``valueCode``."""
    return {"url": extension_address(name), kind: value}


def read_extensions(node: Node, name: str, kind: str) -> Iterator[Node]:
    """The values of every extension of ours of that name."""
    address = extension_address(name)
    for extension in node.each("extension"):
        if extension.text_at("url") == address:
            yield extension.need(kind)


def read_extension(node: Node, name: str, kind: str) -> Node | None:
    """The value of the first extension of ours of that name, None where there is none."""
    return next(read_extensions(node, name, kind), None)


# Codes and identifiers.


def write_concept(address: str, code: str, *, text: str | None = None) -> Json:
    """A CodeableConcept of one code; ``address`` is the full address of its system."""
    return present(coding=[{"system": address, "code": code}], text=text)


def write_code(code: Code, *, text: str | None = None) -> Json:
    """A CodeableConcept of one of our codes."""
    return write_concept(code_address(code.system), code.value, text=text)


def read_codes(concept: Node) -> Iterator[Code]:
    """The codes of a CodeableConcept whose systems we know, in order."""
    for coding in concept.each("coding"):
        key, value = key_of(coding.text_at("system") or ""), coding.text_at("code")
        if key and value:
            yield Code(key, value)


def read_code_in(concept: Node, address: str) -> str | None:
    """The code a CodeableConcept has in one system, given by its full address; None where it has none."""
    for coding in concept.each("coding"):
        if coding.text_at("system") == address:
            return coding.text_at("code")
    return None


def read_any_code(concept: Node) -> str | None:
    """The first code of a CodeableConcept, whatever its system; None where it has none."""
    return next((value for coding in concept.each("coding") if (value := coding.text_at("code"))), None)


def write_identifier(identifier: Identifier, *, use: str | None = None) -> Json:
    """An Identifier element."""
    return present(use=use, system=identifier_address(identifier.system), value=identifier.value)


def read_identifier(node: Node) -> Identifier | None:
    """An Identifier element as ours, None where we do not know its system or it has no value."""
    key, value = key_of(node.text_at("system") or ""), node.text_at("value")
    return Identifier(key, value) if key and value else None


# People and places.


def write_person_name(name: PersonName) -> Json:
    """A HumanName. A middle name without a first one is an extension: ``given`` would make it the first."""
    if name.first is None:
        extra = [write_extension("middle-name", "valueString", name.middle)] if name.middle is not None else []
        given = []
    else:
        extra, given = [], [name.first] + ([name.middle] if name.middle is not None else [])
    suffix = [name.suffix] if name.suffix is not None else []
    return present(extension=extra, family=name.last, given=given, suffix=suffix)


def read_person_name(node: Node) -> PersonName:
    """A HumanName as the four parts that claims know; further given names are middle names.

    Raises:
        Refused: it has no family name.
    """
    given = [given.text() for given in node.each("given")]
    extra = read_extension(node, "middle-name", "valueString")
    suffix = " ".join(part.text() for part in node.each("suffix"))
    return PersonName(
        last=node.need("family").text(),
        first=given[0] if given else None,
        middle=extra.text() if extra else " ".join(given[1:]) or None,
        suffix=suffix or None,
    )


def choose_name(resource: Node) -> Node:
    """The name a person goes by officially: use ``official``, else the first that is not old, else the first.

    Raises:
        Refused: the resource has no name.
    """
    names = list(resource.each("name"))
    for wanted in ("official", "usual"):
        for name in names:
            if name.text_at("use") == wanted:
                return name
    current = [name for name in names if name.text_at("use") not in ("old", "maiden", "nickname")]
    return (current or names or [resource.need_first("name")])[0]


def write_address(address: Address) -> Json:
    """An Address element."""
    street = [address.street] + ([address.street_2] if address.street_2 is not None else [])
    return present(
        line=street,
        city=address.city,
        state=address.state,
        postalCode=address.postal_code,
        country=address.country,
    )


def read_address(node: Node) -> Address:
    """An Address element; lines after the second are appended to it.

    Raises:
        Refused: it has no street line or no city.
    """
    lines = [line.text() for line in node.each("line")]
    if not lines:
        lines = [node.need_first("line").text()]
    street, *rest = lines
    return Address(
        street=street,
        city=node.need("city").text(),
        street_2=", ".join(rest) or None,
        state=node.text_at("state"),
        postal_code=node.text_at("postalCode"),
        country=node.text_at("country"),
    )


def write_sex(sex: Sex | None) -> str | None:
    """The administrative gender of a sex as claims know it."""
    return None if sex is None else _GENDERS[sex]


def read_sex(resource: Node) -> Sex | None:
    """The sex that a resource's ``gender`` says: F, M, or U for other and unknown; None where it says none.

    Raises:
        Refused: the code is not one of FHIR's four.
    """
    node = resource.get("gender")
    if node is None:
        return None
    sex = _SEXES.get(node.text())
    if sex is None:
        raise node.refused(N_("This is not one of male, female, other and unknown."))
    return sex


def read_phone(holder: Node) -> str | None:
    """The first telephone number of a ``telecom`` list, None where there is none."""
    for point in holder.each("telecom"):
        if point.text_at("system") == "phone":
            return point.text_at("value")
    return None


# Amounts, quantities and times.


def write_money(amount: Money) -> Json:
    """A Money element, the value with two decimals."""
    return {"value": Decimal(amount.plain()), "currency": amount.currency}


def read_amount(node: Node, currency: str) -> Money:
    """The plain number here as money of a currency.

    Raises:
        Refused: this is not a number of at most ten integer and two decimal digits.
    """
    value = node.decimal()
    plain = format(value, "f")
    if "." in plain:
        # Trailing zeros past the second decimal say nothing: 12.500 is 12.50.
        units, decimals = plain.split(".")
        plain = f"{units}.{decimals[:2]}{decimals[2:].rstrip('0')}"
    try:
        return Money.parse(plain, currency)
    except ValueError as error:
        raise node.refused(N_("An amount has at most ten digits before the point and two after it.")) from error


def read_money(node: Node) -> Money:
    """A Money element; without a currency it is US dollars.

    Raises:
        Refused: it has no value, or not one that is an amount.
    """
    return read_amount(node.need("value"), node.text_at("currency") or "USD")


def write_quantity(quantity: Quantity) -> Json:
    """A SimpleQuantity."""
    return {"value": Decimal(quantity.plain()), "unit": quantity.unit}


def read_quantity(node: Node) -> Quantity:
    """A SimpleQuantity; without a unit it counts units of service.

    Raises:
        Refused: it has no value that is a number.
    """
    return Quantity(node.need("value").decimal(), node.text_at("unit") or node.text_at("code") or "UN")


def write_period(period: Period) -> Json:
    """A Period element of whole days."""
    return present(start=period.start.isoformat(), end=period.end.isoformat() if period.end else None)


def read_period(node: Node) -> Period:
    """A Period element as whole days.

    Raises:
        Refused: it has no start that is a full date.
    """
    end = node.get("end")
    return Period(node.need("start").day(), end.day() if end else None)
