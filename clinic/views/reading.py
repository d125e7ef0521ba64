"""Amounts, quantities and dates as people type them: by their own locale; what could mean two things is asked back."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

from babel.numbers import get_decimal_symbol, get_group_symbol
from flask_babel import get_locale

from clinic.domain.money import Money
from clinic.domain.refusal import Refused
from clinic.domain.words import N_

_BLANKS = " \u00a0\u202f"
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})\Z")
_NUMERIC = re.compile(r"(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4})\Z")
_MONTH_FIRST = {"en"}
"""Languages of this house whose people write the month before the day (English here is that of the United States)."""


def _plain(text: str, where: str) -> str:
    """The number with a point for the decimals and nothing between the thousands."""
    locale = get_locale() or "en"
    point, group = get_decimal_symbol(locale), get_group_symbol(locale)
    typed = text.strip()
    whole, found, decimals = typed.partition(point)
    groups = re.split(f"[{re.escape(group)}{_BLANKS}]", whole)
    grouped = len(groups) == 1 or (len(groups[0]) <= 3 and all(len(part) == 3 for part in groups[1:]))
    digits = "".join(groups)
    sign, digits = ("-", digits[1:]) if digits[:1] in {"-", "\N{MINUS SIGN}"} else ("", digits)
    if not (grouped and digits.isascii() and digits.isdigit() and (not found or decimals.isdigit())):
        raise Refused(
            N_("“%(text)s” can be read in two ways, or in none."),
            where=where,
            remedy=N_("Write it as %(example)s."),
            text=typed,
            example=f"1234{point}50",
        )
    return f"{sign}{digits}.{decimals}" if found else f"{sign}{digits}"


def read_amount(text: str, where: str = "amount") -> Money:
    """An amount of money.

    Raises:
        Refused: it is none, or could mean two.
    """
    plain = _plain(text, where)
    try:
        return Money.parse(plain)
    except ValueError:
        raise Refused(
            N_("“%(text)s” has more than two decimals or ten digits."), where=where, text=text.strip()
        ) from None


def read_quantity(text: str, where: str = "quantity") -> Decimal:
    """A number of units.

    Raises:
        Refused: it is none, or could mean two.
    """
    return Decimal(_plain(text, where))


def read_date(text: str, where: str = "date") -> date:
    """A day: ISO, or as the person's language writes it, with four digits for the year.

    Raises:
        Refused: it is none.
    """
    typed = text.strip()
    try:
        if found := _ISO.match(typed):
            return date(*map(int, found.groups()))
        if found := _NUMERIC.match(typed):
            first, second, year = map(int, found.groups())
            month_first = str(get_locale() or "en").split("_")[0] in _MONTH_FIRST
            return date(year, first, second) if month_first else date(year, second, first)
    except ValueError:
        pass
    raise Refused(
        N_("“%(text)s” is not a day."),
        where=where,
        remedy=N_("Write it as %(example)s."),
        text=typed,
        example="2026-09-14",
    )
