"""A decimal amount of something, with its unit."""

from __future__ import annotations

from decimal import Decimal

from clinic.domain.value import Value


class Quantity(Value, frozen=True, omit_defaults=False):
    """A decimal value and the unit it counts: ``UN`` units, ``MJ`` minutes, ``ML`` millilitres, a UCUM code."""

    value: Decimal
    unit: str = "UN"

    def plain(self) -> str:
        """The value without exponent, without trailing zeros: ``1``, ``2.5``."""
        text = format(self.value, "f")
        return (text.rstrip("0").rstrip(".") if "." in text else text) or "0"
