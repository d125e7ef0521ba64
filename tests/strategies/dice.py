"""Choices from one source of numbers.

Zero is always the plainest choice (absent, shortest, first), so that hypothesis shrinks to it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from functools import cache
from random import Random
from typing import Literal, TypeVar

T = TypeVar("T")
Kind = Literal["name", "business", "street", "city", "identifier", "plain", "prose"]

_MARKS: dict[Kind, str] = {
    "name": "-' .",
    "business": " &-.'/",
    "street": " -./'",
    "city": " '",
    "identifier": "-",
    "plain": "",
    "prose": "  ,.-/&'",
}
_CONSONANTS = "BCDFGHJKLMNPQRSTVWXZ"
_VOWELS = "AEIOUY"
_VARIANTS = 400


@cache
def _text(kind: Kind, low: int, high: int, variant: int) -> str:
    """One text of the claim alphabet: no delimiter, no blank at an end, no two marks or blanks together."""
    rng = Random(f"{kind} {low} {high} {variant}")
    length = low if variant == 0 else rng.randint(low, high)
    marks = _MARKS[kind]
    written: list[str] = []
    for place in range(length):
        inner = 0 < place < length - 1 and written[-1].isalnum()
        if inner and marks and rng.random() < 0.12:
            written.append(rng.choice(marks))
        elif kind in {"identifier", "plain"} and rng.random() < 0.7:
            written.append(rng.choice("0123456789"))
        elif kind == "street" and place < min(3, length - 2):
            written.append(rng.choice("123456789"))
        else:
            written.append(rng.choice(_CONSONANTS if place % 2 == 0 else _VOWELS))
    return "".join(written)


class Dice:
    """Draws. ``full`` makes every optional thing present; ``stretch`` lets some texts outgrow the paper."""

    __slots__ = ("_below", "_npis", "full", "stretch")

    def __init__(self, below: Callable[[int], int], *, full: bool = False, stretch: bool = False) -> None:
        self._below = below
        self._npis = 0
        self.full = full
        self.stretch = stretch

    def between(self, low: int, high: int) -> int:
        return low + self._below(high - low + 1)

    def pick(self, things: Sequence[T]) -> T:
        return things[self._below(len(things))]

    def maybe(self, percent: int = 50) -> bool:
        return self._below(100) >= 100 - percent or self.full

    def some(self, things: Sequence[T], low: int, high: int) -> list[T]:
        """Between ``low`` and ``high`` different things, in any order."""
        rest = list(things)
        return [rest.pop(self._below(len(rest))) for _ in range(self.between(low, min(high, len(rest))))]

    def text(self, kind: Kind, fits: int, most: int, low: int = 1) -> str:
        """A text that fits ``fits`` columns of paper; sometimes, when stretching, only ``most`` bytes of the file."""
        if self.stretch and fits < most and self._below(4) == 3:
            return _text(kind, fits + 1, most, self._below(_VARIANTS))
        return _text(kind, low, fits, self._below(_VARIANTS))

    def digits(self, count: int) -> str:
        return str(self._below(10**count)).zfill(count)

    def npi(self) -> str:
        """A National Provider Identifier with its check digit, unlike any other drawn here."""
        self._npis += 1
        body = "1" + f"{self._below(10**6):06d}{self._npis:02d}"
        doubled = sum(sum(divmod(int(digit) * 2, 10)) for digit in body[0::2])
        return body + str(-(24 + doubled + sum(map(int, body[1::2]))) % 10)

    def day(self, first: date, last: date) -> date:
        return first + timedelta(days=self._below((last - first).days + 1))
