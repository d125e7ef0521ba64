"""Field paths in a claim: ``acts[2].part.pointers[0]``, and their patterns ``acts[].part.pointers[]``.

Checked against the types of the kind of claim, so that a misspelt path fails when the program starts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin

import msgspec

from billing.domain.claim import Claim
from billing.domain.kinds import KINDS

_STEP = re.compile(r"\.?([a-z][a-z0-9_]*)|\[(\d*)\]")
_INDEX = re.compile(r"\[\d+\]")
_LINE = re.compile(r"acts\[(\d+)\]")

NOT_TEXT = frozenset({"kind", "system", "currency"})
"""Keys of ours: strings that stand in no form."""


def steps(path: str) -> tuple[str | int | None, ...]:
    """A path taken apart: names as text, indexes as numbers, ``[]`` as None.

    Raises:
        ValueError: the text is not a path.
    """
    found: list[str | int | None] = []
    at = 0
    while at < len(path):
        step = _STEP.match(path, at)
        if not step or (step.start() == 0) == path.startswith((".", "["), step.start()):
            raise ValueError(f"{path!r} is not a field path")
        name, index = step.groups()
        found.append(name or (int(index) if index else None))
        at = step.end()
    return tuple(found)


@lru_cache(maxsize=4096)
def pattern(path: str) -> str:
    """The path with its indexes left out."""
    return _INDEX.sub("[]", path)


@lru_cache(maxsize=4096)
def line_of(path: str) -> int | None:
    """The 1-based service line a path lies in, None for the claim as a whole."""
    found = _LINE.match(path)
    return int(found[1]) + 1 if found else None


def covers(outer: str, inner: str) -> bool:
    """Whether ``inner`` is ``outer`` or a part of it."""
    return inner.startswith(outer) and (len(inner) == len(outer) or inner[len(outer)] in ".[")


def origin(type_: Any) -> Any:
    """The class of a type, its parameters left out."""
    return get_origin(type_) or type_


def is_struct(type_: Any) -> bool:
    """Whether values of the type have fields; a union is none."""
    owner = origin(type_)
    return isinstance(owner, type) and issubclass(owner, msgspec.Struct)


def members(type_: Any) -> tuple[Any, ...]:
    """The types a value of ``type_`` may have, None left out."""
    if get_origin(type_) in (Union, UnionType):
        return tuple(each for each in get_args(type_) if each is not NoneType)
    return (type_,)


@cache
def fields(struct: Any) -> dict[str, Any]:
    """Types by name in the struct's order; empty where ``struct`` is none."""
    return {each.name: each.type for each in msgspec.structs.fields(struct)} if is_struct(struct) else {}


@cache
def root(kind: str) -> Any:
    """The type of a kind of claim."""
    known = KINDS[kind]
    return Claim[known.part, known.act_part]  # type: ignore[name-defined]  # types known only when the program runs


@lru_cache(maxsize=4096)
def _walk(kind: str, path: str) -> tuple[tuple[int, ...], tuple[Any, ...]]:
    """Positions along the path, and the types at its end.

    Raises:
        ValueError: the kind of claim has no such field.
    """
    types: tuple[Any, ...] = (root(kind),)
    positions: list[int] = []
    for step in steps(path):
        if isinstance(step, str):
            owners = [each for each in types if step in fields(each)]
            found = [fields(each)[step] for each in owners]
            position = list(fields(owners[0])).index(step) if owners else 0
        else:
            found = [get_args(each)[0] for each in types if get_origin(each) is tuple]
            position = step or 0
        if not found:
            raise ValueError(f"a {kind} claim has no field {path}")
        positions.append(position)
        types = tuple(member for each in found for member in members(each))
    return tuple(positions), types


def require(kind: str, path: str) -> None:
    """Nothing, where the kind of claim has the field.

    Raises:
        ValueError: it has not, or the text is not a path.
    """
    _walk(kind, path)


def has(kind: str, path: str) -> bool:
    """Whether the kind of claim has the field."""
    try:
        _walk(kind, path)
    except ValueError:
        return False
    return True


def position(kind: str, path: str) -> tuple[int, ...]:
    """Where the field stands in the claim, for sorting: the whole before its parts, fields in the value's order."""
    return _walk(kind, path)[0]


def texts(value: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """Every text of a claim that a form may show, with its path, in order."""
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, tuple):
        for at, each in enumerate(value):
            yield from texts(each, f"{path}[{at}]")
    elif isinstance(value, msgspec.Struct):
        for name in value.__struct_fields__:
            if name not in NOT_TEXT:
                yield from texts(getattr(value, name), f"{path}.{name}" if path else name)


def value_at(claim: Any, path: str) -> Any:
    """What stands at a path of this claim.

    Raises:
        AttributeError, IndexError, TypeError: this claim has nothing there.
    """
    found = claim
    for step in steps(path):
        found = getattr(found, step) if isinstance(step, str) else found[step or 0]
    return found
