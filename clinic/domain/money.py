"""Money as integer cents that know their currency."""

from __future__ import annotations

import re
from typing import Self

from clinic.domain.value import Value

_AMOUNT = re.compile(r"(-?)(\d{1,10})(?:\.(\d{1,2}))?\Z")


class Money(Value, frozen=True, order=True, omit_defaults=False):
    """An amount in minor units of one currency. Never a float, never two currencies in one sum."""

    cents: int
    currency: str = "USD"

    @classmethod
    def parse(cls, text: str, currency: str = "USD") -> Self:
        """Read a plain decimal such as ``12``, ``12.5`` or ``-12.50``.

        Raises:
            ValueError: the text is not such a number, or has more than ten integer or two decimal digits.
        """
        found = _AMOUNT.match(text)
        if not found:
            raise ValueError(text)
        sign, units, decimals = found.groups()
        cents = int(units) * 100 + int((decimals or "").ljust(2, "0"))
        return cls(-cents if sign else cents, currency)

    def plain(self) -> str:
        """``12.50``: two decimals, a point, no separators; how amounts stand in canonical texts."""
        sign = "-" if self.cents < 0 else ""
        units, rest = divmod(abs(self.cents), 100)
        return f"{sign}{units}.{rest:02d}"

    def __add__(self, other: Money) -> Money:
        return Money(self.cents + self._same(other), self.currency)

    def __sub__(self, other: Money) -> Money:
        return Money(self.cents - self._same(other), self.currency)

    def __mul__(self, count: int) -> Money:
        return Money(self.cents * count, self.currency)

    def _same(self, other: Money) -> int:
        if other.currency != self.currency:
            message = f"{self.currency} and {other.currency} do not add up"
            raise ValueError(message)
        return other.cents


def total(amounts: list[Money], currency: str = "USD") -> Money:
    """The sum of amounts of one currency; zero of ``currency`` when there are none.

    Raises:
        ValueError: the amounts are of several currencies.
    """
    if not amounts:
        return Money(0, currency)
    first, *rest = amounts
    for amount in rest:
        first = first + amount
    return first
