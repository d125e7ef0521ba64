"""Declaring an edit: one plain function with ``@edit(...)`` above it.

The function takes what it needs of ``claim``, the things of its scope (``line``, or ``first`` and ``second``) and
``case``, in this order and under these names, and yields a ``Fault`` (made by ``at``) for each thing wrong.
It changes nothing, reads no clock and never raises, whatever stands in the claim.
"""

from __future__ import annotations

import ast
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

_BUILTINS = {"len", "max", "min", "set"}
"""What ``when`` may call."""

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
    return Fault(field, tuple([(name, str(value)) for name, value in params.items()]), fix)


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
    when: str
    once: bool
    fields: tuple[str, ...]
    makes_redundant: tuple[str, ...]
    source: str
    since: date
    function: Callable[..., Iterator[Fault]]
    asks: tuple[str, ...]
    """What the function takes of ``GIVEN``."""
    summary: str
    sections: tuple[str, ...] = field(repr=False)
    """The texts under ``HEADINGS``, each in one line."""

    def run(self, *given: Any) -> Iterator[Fault]:
        """What the function says, given everything its scope gives."""
        named = dict(zip(GIVEN[self.scope], given, strict=True))
        return self.function(*(named[name] for name in self.asks))


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
    when: str = "",
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
        when: An expression over what the scope gives, cheaper than asking the edit, that is true wherever the edit has
            something to say: the plan writes it out in its own code and asks only then. The edit does not rely on it.
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
        if unknown := _names(when, where) - set(GIVEN[scope]) - _BUILTINS:
            raise ValueError(f"{where}: when speaks of {', '.join(sorted(unknown))}, which scope {scope} does not give")
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
            when=when,
            once=once,
            fields=fields,
            makes_redundant=makes_redundant,
            source=source,
            since=date.fromisoformat(since),
            function=function,
            asks=_asks(function, scope, where),
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


def _names(expression: str, where: str) -> set[str]:
    """The names an expression uses; none where there is no expression.

    Raises:
        ValueError: it is not one.
    """
    if not expression:
        return set()
    try:
        tree = ast.parse(expression, mode="eval")
    except SyntaxError as error:
        raise ValueError(f"{where}: when is no expression: {error.msg}") from None
    return {each.id for each in ast.walk(tree) if isinstance(each, ast.Name)}


def _asks(function: Callable[..., Any], scope: Scope, where: str) -> tuple[str, ...]:
    """What the function takes.

    Raises:
        ValueError: it asks for what its scope does not give, in another order, or for nothing.
    """
    given = GIVEN[scope]
    wanted = tuple(inspect.signature(function).parameters)
    needed = tuple(each for each in given if each not in {"claim", "case"})
    if not wanted or not {*needed} <= {*wanted} or wanted != tuple(each for each in given if each in wanted):
        raise ValueError(f"{where}: takes {', '.join(wanted)}; an edit of scope {scope} is given {', '.join(given)}")
    return wanted
