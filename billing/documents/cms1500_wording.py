"""How days, amounts and numbers are written on a CMS-1500."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from billing.documents.cms1500_form import FORM
from clinic.domain.code import Identifier
from clinic.domain.money import Money

TWO_DIGITS = tuple(f"{number:02d}" for number in range(100))

NO_DAY = ("", "", "")


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


def dropped(key: str) -> dict[int, None]:
    """What the table says that a cell is printed without, as ``without`` takes it."""
    return dict.fromkeys(map(ord, FORM[key].drop or ""))


def without(text: str, drop: dict[int, None]) -> str:
    """The text without some characters, and without the double blanks that would leave."""
    kept = text.translate(drop)
    return text if len(kept) == len(text) else " ".join(kept.split())
