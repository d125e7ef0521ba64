"""Every field of a value, found by its types: what a strategy must vary and a mutation must touch."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from types import NoneType, UnionType
from typing import Any, Literal, NamedTuple, Union, get_args, get_origin

import msgspec

ABSENT = "absent"
PRESENT = "present"


def declared(kind: Any, path: str = "") -> Iterator[tuple[str, Any, bool]]:
    """Path, type and whether it may be absent, of every field below a struct type; tuples are entered as ``[]``."""
    for field in msgspec.structs.fields(kind):
        yield from _declared_field(field.type, f"{path}.{field.name}" if path else field.name)


def _declared_field(kind: Any, path: str) -> Iterator[tuple[str, Any, bool]]:
    options = [kind]
    if get_origin(kind) in {Union, UnionType}:
        options = list(get_args(kind))
    may_be_absent = NoneType in options or any(get_origin(each) is tuple for each in options)
    options = [each for each in options if each is not NoneType]
    yield path, options[0] if len(options) == 1 else Union[tuple(options)], may_be_absent  # noqa: UP007  built at run time
    for option in options:
        if get_origin(option) is tuple:
            item = get_args(option)[0]
            yield from _declared_field(item, f"{path}[]") if not _is_struct(item) else declared(item, f"{path}[]")
        elif _is_struct(option):
            yield from declared(option, path)


def _is_struct(kind: Any) -> bool:
    origin = get_origin(kind) or kind
    return isinstance(origin, type) and issubclass(origin, msgspec.Struct)


def found(value: msgspec.Struct, path: str = "") -> Iterator[tuple[str, Any]]:
    """Path and leaf value of every field of one value: ``PRESENT`` for a structure, ``ABSENT`` where there is none."""
    for name in value.__struct_fields__:
        yield from _found(getattr(value, name), f"{path}.{name}" if path else name)


def _found(value: Any, path: str) -> Iterator[tuple[str, Any]]:
    if value is None or value == ():
        yield path, ABSENT
    elif isinstance(value, tuple):
        yield path, len(value)
        for item in value:
            yield from found(item, f"{path}[]") if isinstance(item, msgspec.Struct) else _found(item, f"{path}[]")
    elif isinstance(value, msgspec.Struct):
        yield path, PRESENT
        yield from found(value, path)
    else:
        yield path, value


def literals(kind: Any) -> tuple[Any, ...]:
    """The values a Literal type (absent or not) allows, none of any other."""
    if get_origin(kind) is Literal:
        return get_args(kind)
    options = get_args(kind) if get_origin(kind) in {Union, UnionType} else ()
    return next((get_args(each) for each in options if get_origin(each) is Literal), ())


class Exceptions(NamedTuple):
    """Fields that cannot vary, each set with the rules that say why."""

    one_value: Collection[str]
    never_absent: Collection[str]
    always_absent: Collection[str]


def unvaried(kind: Any, seen: Mapping[str, set[Any]], exceptions: Exceptions) -> list[str]:
    """Fields of a kind without two values among those seen, absent included, or without one of their literals."""
    missing: list[str] = []
    for path, type_, may_be_absent in declared(kind):
        values = seen.get(path, set())
        if path in exceptions.always_absent:
            missing += [] if values == {ABSENT} else [f"{path} is not always absent: {values}"]
            continue
        if path not in exceptions.one_value and values <= {ABSENT, PRESENT}:
            # A structure needs no second value of its own: its fields have them.
            missing += [f"{path} is never there"] if PRESENT not in values else []
        elif path not in exceptions.one_value and len(values - {ABSENT}) < 2:
            missing.append(f"{path}: {values}")
        if may_be_absent and path not in exceptions.never_absent and ABSENT not in values:
            missing.append(f"{path} is never absent")
        missing += [f"{path} is never {literal}" for literal in literals(type_) if literal not in values]
    return missing
