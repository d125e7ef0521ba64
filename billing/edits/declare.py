"""Declaring an edit: one plain function with ``@edit(...)`` above it.

The function takes what it needs of ``claim``, the things of its scope (``line``, or ``first`` and ``second``) and
``case``, in this order and under these names, and yields a ``Fault`` (made by ``at``) for each thing wrong.
It changes nothing, reads no clock and never raises, whatever stands in the claim.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal, TypeVar

from clinic.domain.finding import Severity
from clinic.domain.value import Value

Scope = Literal["claim", "line", "pair"]

GIVEN: dict[Scope, tuple[str, ...]] = {
    "claim": ("claim", "case"),
    "line": ("claim", "line", "case"),
    "pair": ("claim", "first", "second", "case"),
}
"""What an edit of a scope may ask for, in the order it is given."""

HEADINGS = ("What it checks", "Why payers deny", "How to fix")
"""The headings each docstring has, in this order, each on its own line with a colon."""

EVERY_TEXT = ("*",)
"""As ``fields``: any text of the claim."""

_CODE = re.compile(r"[A-Z]{3}-\d{2}\Z")
_HEADING = re.compile(r"^({}):\n".format("|".join(HEADINGS)), re.MULTILINE)


class Fault(Value, frozen=True):
    """What an edit saw: where, and what its message is filled with. The plan makes a finding of it."""

    field: str
    params: tuple[tuple[str, str], ...] = ()
    fix: str | None = None
    """Canonical JSON text that, put at the field, would answer it."""


def at(field: str = "", /, *, fix: str | None = None, **params: str | int) -> Fault:
    """A fault at a field; without one at the edit's first.

    In an edit of lines or pairs the path starts at the line (``part.pointers``), in a pair at the second one, and
    the number of the first line is the param ``other``.
    ``fix`` is the canonical JSON text that would answer it at the same field.
    """
    return Fault(field, tuple((name, str(value)) for name, value in params.items()), fix)


@dataclass(frozen=True, slots=True, kw_only=True)
class Declaration:
    """What the decorator was told, checked as far as that can be done without the other edits."""

    code: str
    title: str
    message: str
    severity: Severity
    scope: Scope
    kinds: tuple[str, ...]
    payers: tuple[str, ...]
    trigger_codes: frozenset[str]
    same_code: bool
    once: bool
    fields: tuple[str, ...]
    makes_redundant: tuple[str, ...]
    source: str
    since: date
    run: Callable[..., Iterator[Fault]]
    summary: str
    sections: tuple[str, ...] = field(repr=False)
    """The texts under ``HEADINGS``, each in one line."""


F = TypeVar("F", bound=Callable[..., Iterator[Fault]])


def edit(
    code: str,
    *,
    title: str,
    message: str,
    severity: Severity,
    scope: Scope,
    fields: tuple[str, ...],
    source: str,
    since: str,
    kinds: tuple[str, ...] = ("professional",),
    payers: tuple[str, ...] = (),
    trigger_codes: frozenset[str] = frozenset(),
    same_code: bool = False,
    once: bool = False,
    makes_redundant: tuple[str, ...] = (),
) -> Callable[[F], F]:
    """Declare the function below to be an edit; it stays the plain function it is.

    Args:
        code: Permanent: three letters of its family and two digits. Never given again.
        title: The fault in a few words, marked with ``N_``.
        message: One sentence with ``%(name)s`` for the params of its faults, marked with ``N_``.
        severity: Law 6: block, warn or advise.
        scope: What one call looks at: the claim, one line, or two lines (each pair once, in order).
        fields: The patterns of the fields it may point at, the most usual first. Box and X12 place follow from them.
        source: The rule's own name, for a person to look up.
        since: The day it began to be checked here, ISO.
        kinds: The kinds of claim it holds for.
        payers: Keys of the only payer profiles it holds for; empty for all.
        trigger_codes: Acts without one of these codes are not looked at; empty for all. A claim is looked at if one
            of its acts has one, a pair if one of the two has.
        same_code: Only pairs of acts with the same code are looked at.
        once: Several faults at one field are one finding, the first.
        makes_redundant: Codes of edits whose findings at the same place say the same fault with less.

    Raises:
        ValueError: the declaration or the docstring is not as it must be.
    """

    def declare(function: F) -> F:
        where = f"{function.__module__}.{function.__name__}"
        if not _CODE.match(code):
            raise ValueError(f"{where}: {code!r} is not three capital letters, a hyphen and two digits")
        if not fields:
            raise ValueError(f"{where}: an edit points at one field at least")
        if scope != "claim" and not all(each.startswith("acts[].") for each in fields):
            raise ValueError(f"{where}: an edit of lines points into acts[]")
        if scope == "claim" and fields != EVERY_TEXT and "[]" in fields[0]:
            raise ValueError(f"{where}: the first field of an edit of claims is the usual one, so without []")
        if same_code and scope != "pair":
            raise ValueError(f"{where}: same_code chooses pairs")
        summary, sections = read_docstring(function.__doc__ or "", where)
        declaration = Declaration(
            code=code,
            title=title,
            message=message,
            severity=severity,
            scope=scope,
            kinds=kinds,
            payers=payers,
            trigger_codes=trigger_codes,
            same_code=same_code,
            once=once,
            fields=fields,
            makes_redundant=makes_redundant,
            source=source,
            since=date.fromisoformat(since),
            run=_given_all(function, scope, where),
            summary=summary,
            sections=sections,
        )
        function.__edit__ = declaration  # type: ignore[attr-defined]  # how the registry knows it from its neighbours
        return function

    return declare


def read_docstring(text: str, where: str) -> tuple[str, tuple[str, ...]]:
    """The first line, and the texts under the headings, each in one line.

    Raises:
        ValueError: a heading is missing, empty, or out of order.
    """
    parts = _HEADING.split(inspect.cleandoc(text))
    sections = tuple(" ".join(part.split()) for part in parts[2::2])
    if tuple(parts[1::2]) != HEADINGS or not all(sections):
        raise ValueError(f"{where}: its docstring must have, in order: {', '.join(HEADINGS)}")
    return parts[0].strip(), sections


def _given_all(function: Callable[..., Any], scope: Scope, where: str) -> Callable[..., Iterator[Fault]]:
    """The function, called with everything its scope gives.

    Raises:
        ValueError: it asks for something else.
    """
    given = GIVEN[scope]
    wanted = tuple(inspect.signature(function).parameters)
    shapes: dict[tuple[Scope, tuple[str, ...]], Callable[..., Iterator[Fault]]] = {
        ("claim", ("claim",)): lambda claim, _case: function(claim),
        ("claim", ("case",)): lambda _claim, case: function(case),
        ("line", ("line",)): lambda _claim, line, _case: function(line),
        ("line", ("claim", "line")): lambda claim, line, _case: function(claim, line),
        ("line", ("line", "case")): lambda _claim, line, case: function(line, case),
        ("pair", ("first", "second")): lambda _claim, first, second, _case: function(first, second),
        ("pair", ("claim", "first", "second")): lambda claim, first, second, _case: function(claim, first, second),
        ("pair", ("first", "second", "case")): lambda _claim, first, second, case: function(first, second, case),
    }
    found = function if wanted == given else shapes.get((scope, wanted))
    if found is None:
        raise ValueError(f"{where}: takes {', '.join(wanted)}; an edit of scope {scope} is given {', '.join(given)}")
    return found
