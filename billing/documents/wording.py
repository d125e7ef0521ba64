"""How names and places are written on any claim form."""

from __future__ import annotations

from clinic.domain.person import Address, Name, OrganizationName, PersonName

ON_FILE = "SIGNATURE ON FILE"
CROSS = "X"


def filed_name(name: Name | None) -> str:
    """``LAST SUFFIX, FIRST, M``: insured persons and patients.

    The suffix stands after the last name, commas between parts. Of the middle name forms take the initial (facts of
    box 2 of the CMS-1500); file and resource carry it whole.
    """
    if name is None:
        return ""
    if isinstance(name, OrganizationName):
        return name.name
    last = f"{name.last} {name.suffix}" if name.suffix else name.last
    initial = name.middle[0] if name.middle else None
    return ", ".join([part for part in (last, name.first, initial) if part])


def spoken_name(name: Name) -> str:
    """``FIRST MIDDLE LAST SUFFIX``: providers."""
    if isinstance(name, PersonName):
        return " ".join([part for part in (name.first, name.middle, name.last, name.suffix) if part])
    return name.name


def street(address: Address) -> str:
    """Both street lines in one."""
    return f"{address.street} {address.street_2}" if address.street_2 else address.street


def zip_code(address: Address) -> str:
    """Nine digits with their hyphen, anything else as it is."""
    code = address.postal_code or ""
    return f"{code[:5]}-{code[5:]}" if len(code) == 9 and code.isdigit() else code


def city_line(address: Address) -> str:
    """``CITY ST 12345-6789``: the last line of an address that has no boxes of its own."""
    return " ".join([part for part in (address.city, address.state, zip_code(address)) if part])


def cross(which: int, of: int) -> tuple[str, ...]:
    """An X in one of several boxes; ``which`` counts from 0, -1 is none."""
    return tuple(CROSS if place == which else "" for place in range(of))
