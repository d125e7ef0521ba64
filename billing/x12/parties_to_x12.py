"""Names, addresses, numbers and amounts as elements and segments, under our separators."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from billing.x12.parties_from_x12 import NUMBER_SYSTEMS, PAYER_SYSTEMS
from billing.x12.syntax import ELEMENT
from clinic.domain.code import NPI, TAXONOMY, Code, Identifier
from clinic.domain.period import Period
from clinic.domain.person import Address, Name, PersonName

NUMBER_QUALIFIERS = {system: code for code, system in NUMBER_SYSTEMS.items()}
PAYER_QUALIFIERS = {system: code for code, system in PAYER_SYSTEMS.items()}
_BY_STATE = (None, "US", "CA")
"""Where N402 is the state or province; elsewhere the subdivision stands in N407 (N4 takes only one of them)."""


def line(*elements: str | None) -> str:
    """A segment of these elements, the empty ones at its end cut off."""
    return ELEMENT.join([element or "" for element in elements]).rstrip(ELEMENT)


def nm1(code: str, name: Name, qualifier: str | None, number: str | None) -> str:
    """NM1 of a person or organisation."""
    if isinstance(name, PersonName):
        return line("NM1", code, "1", name.last, name.first, name.middle, "", name.suffix, qualifier, number)
    return line("NM1", code, "2", name.name, "", "", "", "", qualifier, number)


def n3(address: Address) -> str:
    """The street."""
    return line("N3", address.street, address.street_2)


def n4(address: Address) -> str:
    """City, state, postal code, country."""
    country = address.country
    if country in _BY_STATE:
        return line("N4", address.city, address.state, address.postal_code, country)
    return line("N4", address.city, "", address.postal_code, country, "", "", address.state)


def prv(role: str, taxonomy: Code) -> str:
    """What kind of provider; of a code that is no taxonomy nothing is made, so that the table refuses it."""
    return line("PRV", role, "PXC", taxonomy.value if taxonomy.system == TAXONOMY else None)


def npi_of(identifier: Identifier | None) -> tuple[str | None, str | None]:
    """NM108 and NM109. A number of another system gets no qualifier, so that the table refuses it."""
    if identifier is None:
        return None, None
    return ("XX" if identifier.system == NPI else "?"), identifier.value


def ref_of(number: Identifier) -> str:
    """REF of a further number of a provider; of an unknown system the qualifier is empty and the table refuses it."""
    return line("REF", NUMBER_QUALIFIERS.get(number.system, "?"), number.value)


@lru_cache(maxsize=8192)
def amount(cents: int) -> str:
    """Cents as X12 writes amounts: no trailing zeros, no point without digits after it."""
    units, rest = divmod(abs(cents), 100)
    text = f"{units}.{rest:02d}".rstrip("0").rstrip(".") if rest else str(units)
    return f"-{text}" if cents < 0 else text


def day(on: date) -> str:
    """CCYYMMDD."""
    return on.isoformat().replace("-", "")


def dtp(code: str, period: Period) -> str:
    """DTP of a day (D8), or of a span where the end is known (RD8)."""
    if period.end is None:
        return line("DTP", code, "D8", day(period.start))
    return line("DTP", code, "RD8", f"{day(period.start)}-{day(period.end)}")
