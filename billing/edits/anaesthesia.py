"""Which acts are anaesthesia, and are told in minutes."""

from __future__ import annotations

COUNTED = frozenset({"01953", "01996"})
"""Codes of the anaesthesia range that are counted: a further part of burnt skin, a day of care."""


def is_anaesthesia(code: str) -> bool:
    """Whether a code is for anaesthesia that is paid by its minutes (00100 to 01999)."""
    return len(code) == 5 and code.isdecimal() and "00100" <= code <= "01999" and code not in COUNTED
