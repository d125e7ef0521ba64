"""How names, places, days and amounts are written on a CMS-1500."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from billing.documents.cms1500_form import FORM
from clinic.domain.code import Identifier
from clinic.domain.money import Money
from clinic.domain.person import Address, Name, OrganizationName, PersonName

ON_FILE = "SIGNATURE ON FILE"
CROSS = "X"

TWO_DIGITS = tuple(f"{number:02d}" for number in range(100))

NO_DAY = ("", "", "")


def filed_name(name: Name | None) -> str:
    """``LAST SUFFIX, FIRST, M``: boxes 2, 4 and 9. The suffix stands after the last name, commas between parts.

    Of the middle name the form takes the initial (facts of box 2); file and resource carry it whole.
    """
    if name is None:
        return ""
    if isinstance(name, OrganizationName):
        return name.name
    last = f"{name.last} {name.suffix}" if name.suffix else name.last
    initial = name.middle[0] if name.middle else None
    return ", ".join([part for part in (last, name.first, initial) if part])


def spoken_name(name: Name) -> str:
    """``FIRST MIDDLE LAST SUFFIX``: boxes 17 and 33."""
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


def day(on: date | None) -> Sequence[str]:
    """Month, day and year in their columns."""
    return (TWO_DIGITS[on.month], TWO_DIGITS[on.day], f"{on.year:04d}") if on else NO_DAY


def short_day(on: date) -> tuple[str, str, str]:
    """Month, day and the year's last two digits: box 24A alone."""
    return TWO_DIGITS[on.month], TWO_DIGITS[on.day], TWO_DIGITS[on.year % 100]


def amount(money: Money | None) -> Sequence[str]:
    """Dollars and cents in their columns; no sign, comma or point of dollars."""
    if money is None:
        return "", ""
    dollars, cents = divmod(abs(money.cents), 100)
    return f"-{dollars}" if money.cents < 0 else str(dollars), TWO_DIGITS[cents]


def qualified(identifier: Identifier | None) -> tuple[str, str]:
    """Qualifier and number: ``G2``, ``0B``, ``1G``, ``LU`` are our systems in capitals."""
    return (identifier.system.upper(), identifier.value) if identifier else ("", "")


def cross(which: int, of: int) -> tuple[str, ...]:
    """An X in one of several boxes; ``which`` counts from 0, -1 is none."""
    return tuple(CROSS if place == which else "" for place in range(of))


def dropped(key: str) -> dict[int, None]:
    """What the table says that a cell is printed without, as ``without`` takes it."""
    return dict.fromkeys(map(ord, FORM[key].drop or ""))


def without(text: str, drop: dict[int, None]) -> str:
    """The text without some characters, and without the double blanks that would leave."""
    kept = text.translate(drop)
    return text if len(kept) == len(text) else " ".join(kept.split())
