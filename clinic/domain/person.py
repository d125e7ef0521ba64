"""People, organisations and where they are."""

from __future__ import annotations

from datetime import date
from typing import Literal

from clinic.domain.value import Value

Sex = Literal["F", "M", "U"]


class PersonName(Value, frozen=True, tag="person", tag_field="is"):
    """A person's name in the four parts claims know."""

    last: str
    first: str | None = None
    middle: str | None = None
    suffix: str | None = None


class OrganizationName(Value, frozen=True, tag="organization", tag_field="is"):
    """A name that has no parts."""

    name: str


Name = PersonName | OrganizationName


class Address(Value, frozen=True):
    """A postal address. ``state`` and ``postal_code`` as the country writes them, without spaces or hyphens."""

    street: str
    city: str
    street_2: str | None = None
    state: str | None = None
    postal_code: str | None = None
    country: str | None = None


class Person(Value, frozen=True):
    """Someone as an insurer knows them."""

    name: PersonName
    birth: date | None = None
    sex: Sex | None = None
    address: Address | None = None


class Contact(Value, frozen=True):
    """Whom to call."""

    name: str | None = None
    phone: str | None = None
