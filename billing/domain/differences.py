"""Where two values differ: field by field, with what stood there and what stands there now. Pure.

Made for two claims, and as good for two codings. Lines are compared by their control number, so that taking one out
does not make all after it look changed; everything else is compared place by place.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import zip_longest
from typing import Any

import msgspec

from clinic.domain.code import Code, Identifier
from clinic.domain.money import Money
from clinic.domain.period import Period
from clinic.domain.quantity import Quantity
from clinic.domain.value import Value

_ENCODER = msgspec.json.Encoder(decimal_format="string")
WHOLE = (Code, Identifier, Money, Quantity, Period)
"""Values people read as one thing: never taken apart."""


class Difference(Value, frozen=True):
    """One field that is not the same. What is None stood, or stands, not there."""

    path: str
    """``acts[1].charge``. A line's place is that in the second value, or in the first where it is gone."""
    before: Any = None
    after: Any = None


def differences(before: Value, after: Value) -> tuple[Difference, ...]:
    """Every field in which two values of one type differ, in the order of the fields; none where they are the same."""
    return tuple(_between("", before, after))


def _between(path: str, before: Any, after: Any) -> Iterator[Difference]:
    if _same(before, after):
        return
    if isinstance(before, tuple) and isinstance(after, tuple):
        yield from _in_row(path, before, after)
    elif type(before) is type(after) and isinstance(before, msgspec.Struct) and not isinstance(before, WHOLE):
        for name in before.__struct_fields__:
            inner = f"{path}.{name}" if path else name
            yield from _between(inner, getattr(before, name), getattr(after, name))
    else:
        yield Difference(path, before, after)


def _same(before: Any, after: Any) -> bool:
    """Equal, and the same text: 1 and 1.0 are one quantity but two canonical texts, so two digests."""
    return bool(before == after) and _ENCODER.encode(before) == _ENCODER.encode(after)


def _in_row(path: str, before: Sequence[Any], after: Sequence[Any]) -> Iterator[Difference]:
    if not all(isinstance(each, msgspec.Struct) for each in (*before, *after)):
        yield Difference(path, before, after)
    elif _numbered(before) and _numbered(after):
        yield from _by_number(path, before, after)
    else:
        for place, (old, new) in enumerate(zip_longest(before, after)):
            yield from _between(f"{path}[{place}]", old, new)


def _numbered(items: Sequence[Any]) -> bool:
    numbers = [getattr(each, "number", None) for each in items]
    return None not in numbers and len(set(numbers)) == len(numbers)


def _by_number(path: str, before: Sequence[Any], after: Sequence[Any]) -> Iterator[Difference]:
    olds = {each.number: each for each in before}
    news = {each.number: each for each in after}
    if [number for number in olds if number in news] != [number for number in news if number in olds]:
        yield Difference(path, tuple(before), tuple(after))
        return
    for place, old in enumerate(before):
        if old.number not in news:
            yield Difference(f"{path}[{place}]", old, None)
    for place, new in enumerate(after):
        yield from _between(f"{path}[{place}]", olds.get(new.number), new)
