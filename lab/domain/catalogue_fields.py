"""The fields of a test as texts: how each is read from a cell or an input, and written back."""

from __future__ import annotations

import re
from typing import Any, Literal

import msgspec

from clinic.domain.value import Value
from clinic.domain.words import N_
from lab.domain.catalogue import TestFacts

Shape = Literal["text", "number", "flag", "one_of", "list", "some_of"]
Told = tuple[str, tuple[tuple[str, str], ...]]
"""A message id and what it is filled with."""

YES, NO = "yes", "no"
MOST = 100_000_000
"""No volume or duration is larger: 100 litres, 190 years."""


class Field(Value, frozen=True, kw_only=True):
    """One field of ``TestFacts``."""

    name: str
    shape: Shape
    needed: bool = False
    options: tuple[str, ...] = ()
    """Where only some words are known."""


def _field(field: msgspec.structs.FieldInfo) -> Field:
    kind = msgspec.inspect.type_info(field.type)
    arms = kind.types if isinstance(kind, msgspec.inspect.UnionType) else (kind,)
    arm = next(each for each in arms if not isinstance(each, msgspec.inspect.NoneType))
    shape: Shape = "text"
    options: tuple[str, ...] = ()
    if isinstance(arm, msgspec.inspect.IntType):
        shape = "number"
    elif isinstance(arm, msgspec.inspect.BoolType):
        shape = "flag"
    elif isinstance(arm, msgspec.inspect.LiteralType):
        shape, options = "one_of", tuple(map(str, arm.values))
    elif isinstance(arm, msgspec.inspect.VarTupleType):
        inner = arm.item_type
        shape = "list"
        if isinstance(inner, msgspec.inspect.LiteralType):
            shape, options = "some_of", tuple(map(str, inner.values))
    return Field(name=field.name, shape=shape, needed=field.required, options=_in_use(field.name, options))


def _in_use(name: str, options: tuple[str, ...]) -> tuple[str, ...]:
    """Literals in the order a person expects, not the alphabet's."""
    wanted = _ORDER.get(name)
    return options if wanted is None else tuple(sorted(options, key=wanted.index))


_ORDER = {
    "storage": ("room", "refrigerated", "frozen", "on_ice"),
    "aliquots": ("no", "optional", "if_frozen", "yes"),
    "fasting": ("no", "preferred", "required"),
    "separated_by": ("spin", "aliquot"),
}

FIELDS: dict[str, Field] = {each.name: _field(each) for each in msgspec.structs.fields(TestFacts)}
"""By name, in the order of the table's columns."""

_KEY = re.compile(r"[a-z][a-z0-9_]{0,39}")
_DIGITS = re.compile(r"[0-9]{1,9}")


def read_cell(field: Field, text: str) -> tuple[Any, Told | None]:
    """The value of one cell, or why it is none. An empty cell is not stated."""
    text = text.strip()
    if any(ord(sign) < 32 for sign in text):
        return None, (N_("It holds a line break or another control character."), ())
    if not text:
        return _EMPTY.get(field.shape), (N_("It is needed."), ()) if field.needed else None
    return _READERS[field.shape](field, text)


def _read_text(field: Field, text: str) -> tuple[Any, Told | None]:
    if field.name == "key" and not _KEY.fullmatch(text):
        return None, (N_("A key is small letters, digits and underscores, at most 40."), ())
    return text, _unknown(field, text)


def _read_number(field: Field, text: str) -> tuple[Any, Told | None]:
    del field
    if not _DIGITS.fullmatch(text) or int(text) > MOST:
        return None, (N_("“%(text)s” is not a whole number."), (("text", text[:40]),))
    return int(text), None


def _read_flag(field: Field, text: str) -> tuple[Any, Told | None]:
    del field
    if text.lower() not in {YES, NO}:
        return None, (N_("“%(text)s” is neither yes nor no."), (("text", text[:40]),))
    return text.lower() == YES, None


_EMPTY: dict[str, Any] = {"list": (), "some_of": (), "flag": False}


def _read_list(field: Field, text: str) -> tuple[Any, Told | None]:
    parts = tuple(part.strip() for part in text.split("|"))
    parts = tuple(part for part in parts if part)
    if len(set(parts)) != len(parts):
        return None, (N_("It names something twice."), ())
    return parts, next((told for told in (_unknown(field, part) for part in parts) if told), None)


def _unknown(field: Field, text: str) -> Told | None:
    if not field.options or text in field.options:
        return None
    return N_("“%(text)s” is not one of %(options)s."), (("text", text[:40]), ("options", ", ".join(field.options)))


_READERS = {
    "text": _read_text,
    "one_of": _read_text,
    "number": _read_number,
    "flag": _read_flag,
    "list": _read_list,
    "some_of": _read_list,
}


def write_cell(value: Any) -> str:
    """The text of one cell: what ``read_cell`` reads back to the same value."""
    if value is None or value is False:
        return ""
    if value is True:
        return YES
    if isinstance(value, tuple | list):
        return "|".join(map(str, value))
    return str(value)
