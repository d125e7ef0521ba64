"""Text as claims carry it, from text as other houses write it.

A Claim holds capitals in ASCII; a resource of another house may not. What is written so already passes unchanged.
"""

from __future__ import annotations

import unicodedata

from clinic.domain.person import Address, PersonName
from clinic.fhir.elements import read_address as any_address
from clinic.fhir.elements import read_person_name
from clinic.fhir.node import Node


def capitals(text: str) -> str:
    """The text in capitals without accents, without blanks around it; letters outside ASCII's reach stay."""
    if text.isascii():
        return text.strip().upper()
    folded = unicodedata.normalize("NFKD", text)
    return "".join(letter for letter in folded if not unicodedata.combining(letter)).strip().upper()


def maybe(text: str | None) -> str | None:
    """``capitals`` of a text that may be absent."""
    return capitals(text) if text is not None else None


def person_name(node: Node) -> PersonName:
    """A HumanName as claims carry it.

    Raises:
        Refused: it has no family name.
    """
    name = read_person_name(node)
    return PersonName(capitals(name.last), maybe(name.first), maybe(name.middle), maybe(name.suffix))


def organization_name(node: Node) -> str:
    """A name without parts, as claims carry it.

    Raises:
        Refused: this is not text.
    """
    return capitals(node.text())


def address(node: Node) -> Address:
    """An Address as claims carry it: capitals, the postal code without its hyphen.

    Raises:
        Refused: it has no street line or no city.
    """
    found = any_address(node)
    code = found.postal_code
    return Address(
        street=capitals(found.street),
        city=capitals(found.city),
        street_2=maybe(found.street_2),
        state=maybe(found.state),
        postal_code=code.replace("-", "").replace(" ", "").upper() if code else None,
        country=found.country,
    )
