"""A lot of a kit as it is entered, and what its bars say (GS1 element strings, General Specifications section 3)."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from typing import NamedTuple

from clinic.domain.refusal import Refused
from clinic.domain.set_up import as_kept
from clinic.domain.value import Value
from clinic.domain.words import N_
from lab.domain.controls import EVERY

_LOT = re.compile(r"[A-Za-z0-9][A-Za-z0-9 ./_-]{0,29}\Z", re.ASCII)
_FIXED = {"01": 14, "17": 6, "11": 6, "15": 6}
"""Application identifiers of fixed length that kits carry before the lot."""


class LotFacts(Value, frozen=True, kw_only=True):
    """What is entered of a lot."""

    test_key: str
    kit: str
    lot: str
    expires_on: date
    control_every: str
    opened_on: date | None = None
    active: bool = False


class Scanned(NamedTuple):
    """What the bars of a kit say."""

    lot: str
    expires_on: date | None


def checked_lot(facts: LotFacts) -> LotFacts:
    """The facts as they are kept.

    Raises:
        Refused: a needed field is blank, or a number or choice is none.
    """
    kept = as_kept(facts)
    if not _LOT.match(kept.lot):
        raise Refused(N_("This is no number of a lot."), where="lot", remedy=N_("Copy it from the box."))
    if kept.control_every not in EVERY:
        raise Refused(N_("There is no such choice."), where="control_every", remedy=N_("Choose one of the list."))
    return kept


def read_scan(text: str) -> Scanned | None:
    """The lot that was scanned or typed; None where the text is neither bars of a kit nor a lot's number."""
    plain = text.strip().removeprefix("]C1").removeprefix("]d2").removeprefix("]Q3")
    found = _elements(plain)
    if found is not None and "10" in found:
        return Scanned(found["10"], _expiry(found.get("17", "")))
    return Scanned(plain, None) if _LOT.match(plain) else None


def _elements(text: str) -> dict[str, str] | None:
    """The elements by their identifier; None where the text is none such."""
    found: dict[str, str] = {}
    if text.startswith("("):
        for code, value in re.findall(r"\((\d{2,4})\)([^(]+)", text):
            found.setdefault(code, value.strip())
        return found or None
    rest = text
    if not rest.startswith("01") or len(rest) < 20:
        return None
    while rest:
        code = rest[:2]
        if code in _FIXED:
            length = _FIXED[code]
            value, rest = rest[2 : 2 + length], rest[2 + length :].removeprefix("\x1d")
            if len(value) != length or not (value.isascii() and value.isdigit()):
                return None
        else:
            value, _, rest = rest[2:].partition("\x1d")
        found.setdefault(code, value)
    return found


def _expiry(text: str) -> date | None:
    """``YYMMDD``; a day of 00 is the last of its month. The century as GS1 asks: within 50 years."""
    if len(text) != 6 or not (text.isascii() and text.isdigit()):
        return None
    year, month, day = 2000 + int(text[:2]), int(text[2:4]), int(text[4:])
    if not 1 <= month <= 12:
        return None
    last = monthrange(year, month)[1]
    return date(year, month, day or last) if day <= last else None
