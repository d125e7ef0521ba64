"""How a field is compared with what a rule says of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal

from billing.edits.own.fields import Sort
from clinic.domain.words import N_

How = Literal["is", "is_not", "begins", "begins_not", "has", "has_not", "at_least", "at_most", "given", "missing"]
Holds = Callable[[Any], bool]
Make = Callable[[tuple[Any, ...]], Holds]
"""From the values of a rule, as the field's sort has them, to the question itself."""


def _texts(value: Any) -> tuple[Any, ...]:
    """One or several values as several; an absent one as none."""
    if value is None or value == "":
        return ()
    return value if isinstance(value, tuple) else (value,)


def _is(values: tuple[Any, ...]) -> Holds:
    wanted = frozenset(values)
    return lambda value: value in wanted


def _begins(values: tuple[str, ...]) -> Holds:
    return lambda value: any(each.startswith(values) for each in _texts(value))


def _has(values: tuple[str, ...]) -> Holds:
    wanted = frozenset(values)
    return lambda value: not wanted.isdisjoint(_texts(value))


def _not(make: Make) -> Make:
    def negated(values: tuple[Any, ...]) -> Holds:
        holds = make(values)
        return lambda value: not holds(value)

    return negated


def _given(_values: tuple[Any, ...]) -> Holds:
    return lambda value: value is not False and bool(value if isinstance(value, bool) else _texts(value))


def _at_least(values: tuple[int, ...]) -> Holds:
    least = values[0]
    return lambda value: value is not None and value >= least


def _at_most(values: tuple[int, ...]) -> Holds:
    most = values[0]
    return lambda value: value is not None and value <= most


COMPARISONS: dict[How, tuple[str, tuple[Sort, ...], Make]] = {
    "is": (N_("is one of"), ("text", "number"), _is),
    "is_not": (N_("is none of"), ("text", "number"), _not(_is)),
    "begins": (N_("begins with"), ("text", "codes"), _begins),
    "begins_not": (N_("begins with none of"), ("text", "codes"), _not(_begins)),
    "has": (N_("has one of"), ("codes",), _has),
    "has_not": (N_("has none of"), ("codes",), _not(_has)),
    "at_least": (N_("is at least"), ("number", "amount"), _at_least),
    "at_most": (N_("is at most"), ("number", "amount"), _at_most),
    "given": (N_("is given"), ("text", "codes", "number", "amount", "flag"), _given),
    "missing": (N_("is missing"), ("text", "codes", "number", "amount", "flag"), _not(_given)),
}
"""Words, the sorts of fields it fits, and what it asks. A number that is absent is neither at least nor at most."""

ALONE: frozenset[How] = frozenset({"given", "missing"})
"""Those that take no value."""

ONE: frozenset[How] = frozenset({"at_least", "at_most"})
"""Those that take one value; the others take several."""
