"""Codes as numbers that sort and pack: what the rule tables keep instead of text."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from datetime import date

LONGEST = 7
"""Letters and digits of the longest code that gets a number: an ICD-10-CM code without its dot."""

FIRST_DAY = date(1980, 1, 1).toordinal()
"""Day 1 of the day columns lies one day later: no rule of these tables is older."""

ALWAYS = 0
"""In a column of first days: not known, so from the beginning."""

NEVER = 65535
"""In a column of last days: not ended."""

_DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def number_of(code: str) -> int:
    """The number of a code; 0 for a text that cannot be one. Different codes have different numbers."""
    length = len(code)
    if 0 < length <= LONGEST and code.isascii() and code.isalnum():
        return int(code, 36) * 8 + length
    return 0


def code_of(number: int) -> str:
    """The code behind a number, in capitals."""
    value, length = divmod(number, 8)
    letters: list[str] = []
    for _ in range(length):
        value, digit = divmod(value, 36)
        letters.append(_DIGITS[digit])
    return "".join(reversed(letters))


def day_of(when: date | None, unknown: int) -> int:
    """A date as the day columns keep it, ``unknown`` where there is none; what lies outside is drawn to the edge."""
    return unknown if when is None else min(max(when.toordinal() - FIRST_DAY, ALWAYS + 1), NEVER - 1)


def date_of(day: int) -> date | None:
    """The date a day column holds; None for ``ALWAYS`` and ``NEVER``."""
    return None if day in {ALWAYS, NEVER} else date.fromordinal(day + FIRST_DAY)


def place_of(number: int, numbers: Sequence[int]) -> int:
    """Where a number stands in a sorted column, -1 where it does not."""
    at = bisect_left(numbers, number)
    return at if at < len(numbers) and numbers[at] == number else -1


def packed(kind: str, values: Iterable[int]) -> bytes:
    """Numbers as a section of a release file; ``kind`` is that of ``layout.Mapped.column``."""
    return array(kind, values).tobytes()
