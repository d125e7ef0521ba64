"""Every single change of a claim: one field, another value, nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, get_args

import msgspec
from msgspec.structs import replace

from tests.strategies.fields import literals

# Systems have no neighbours to step to: what else could stand there.
_OTHER_SYSTEM = {
    "icd10cm": "icd9cm",
    "icd9cm": "icd10cm",
    "cpt": "hcpcs",
    "hcpcs": "cpt",
    "ein": "ssn",
    "ssn": "ein",
    "payer": "hpid",
    "hpid": "payer",
    "g2": "lu",
    "lu": "g2",
    "0b": "g2",
    "1g": "g2",
}
_OTHER_NPI = "1999999984"
_OTHER_WORD = {"UN": "MJ", "MJ": "UN", "ML": "GR", "GR": "ML", "ME": "ML", "F2": "ML", "18": "19", "CA": "FR"}


def mutations(value: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """Path of the field changed, and the value with that one change."""
    for field in msgspec.structs.fields(type(value)):
        here = f"{path}.{field.name}" if path else field.name
        for at, other in _others(getattr(value, field.name), field.type, here):
            yield at, replace(value, **{field.name: other})


def _others(value: Any, kind: Any, path: str) -> Iterator[tuple[str, Any]]:
    if value is None:
        return
    if _may_be_none(kind):
        yield f"{path} absent", None
    if isinstance(value, tuple):
        yield from _other_tuples(value, get_args(kind)[0], path)
    elif isinstance(value, msgspec.Struct):
        yield from mutations(value, path)
    else:
        yield from ((path, other) for other in _other_leaves(value, kind, path))


def _may_be_none(kind: Any) -> bool:
    return type(None) in get_args(kind)


def _other_tuples(value: tuple[Any, ...], kind: Any, path: str) -> Iterator[tuple[str, Any]]:
    if len(value) > 1:
        yield f"{path} order", value[::-1]
        yield f"{path} last one out", value[:-1]
    for at, item in enumerate(value):
        for inner, other in _others(item, kind, f"{path}[]"):
            yield inner, (*value[:at], other, *value[at + 1 :])


def _other_leaves(value: Any, kind: Any, path: str) -> list[Any]:
    allowed = [each for each in literals(kind) if each != value]
    if allowed:
        return allowed
    match value:
        case bool():
            other: Any = not value
        case int():
            other = value % 12 + 1 if path.endswith("pointers[]") else value + 1
        case Decimal():
            other = value + 1
        case date():
            other = value + timedelta(days=1)
        case _:
            other = _other_text(value, path)
    return [] if other is None else [other]


def _other_text(value: str, path: str) -> str | None:
    if path.endswith(".system"):
        return _OTHER_SYSTEM.get(value)
    if path.endswith("identifier.value") and len(value) == 10 and value.startswith("1"):
        return _OTHER_NPI
    return _OTHER_WORD.get(value) or value[:-1] + _next(value[-1])


def _next(character: str) -> str:
    """Another letter for a letter, another digit for a digit."""
    return str((int(character) + 1) % 10) if character.isdigit() else "B" if character == "A" else "A"
