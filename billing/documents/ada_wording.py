"""How days, addresses and numbers are written on the ADA form."""

from __future__ import annotations

from datetime import date

from billing.documents.wording import city_line, cross
from clinic.domain.code import SSN, Identifier
from clinic.domain.person import Address, Sex

NO_ADDRESS = ("", "", "")
SEX: dict[Sex | None, tuple[str, ...]] = {"M": cross(0, 3), "F": cross(1, 3), "U": cross(2, 3)}
UNKNOWN = ("", "", "")
_STATE_LICENCE = "0b"


def day(on: date | None) -> str:
    """``MM/DD/CCYY``."""
    return f"{on.month:02d}/{on.day:02d}/{on.year:04d}" if on else ""


def address(at: Address) -> tuple[str, str, str]:
    """Its lines: street, second line, city with state and code."""
    return at.street, at.street_2 or "", city_line(at)


def taxed(tax: Identifier) -> str:
    """A social security number or an employer's, with hyphens where they are usual; anything else as it is."""
    number = tax.value
    if len(number) != 9 or not number.isdigit():
        return number
    return f"{number[:3]}-{number[3:5]}-{number[5:]}" if tax.system == SSN else f"{number[:2]}-{number[2:]}"


def dialled(phone: str) -> str:
    """``(206) 555-0100``; a number of another length as it is."""
    if len(phone) != 10 or not phone.isdigit():
        return phone
    return f"({phone[:3]}){phone[3:6]}-{phone[6:]}"


def licence(number: Identifier | None) -> tuple[str, str]:
    """A provider's further number: in box 55 where it is a state licence, else in 58."""
    if number is None:
        return "", ""
    return (number.value, "") if number.system == _STATE_LICENCE else ("", number.value)
