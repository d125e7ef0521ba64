"""Who may do what: one table (law 7), declared by each package, shown in the app, checked at start.

A right names an act on a kind of thing. Roles hold rights. Every route names its right; a route that names none, or
one that nobody declared, stops the start.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from enum import StrEnum
from typing import Any, NamedTuple, TypeVar

from flask import Flask

from clinic.domain.words import N_


class RoleName(StrEnum):
    """The five roles. One person may hold several."""

    ASSISTANT = N_("assistant")
    BILLER = N_("biller")
    PROVIDER = N_("provider")
    MANAGER = N_("manager")
    ADMINISTRATOR = N_("administrator")


class Right(NamedTuple):
    """One row: what it is called, what it means, who holds it."""

    name: str
    words: str
    roles: frozenset[RoleName]
    acts: bool = False
    """True where using it changes something, so that it leaves a journal row."""


OPEN = "open"
"""The right of routes anyone may reach: log-in, static files, the language switch."""

RIGHTS: dict[str, Right] = {}

F = TypeVar("F", bound=Callable[..., Any])


def declare(rows: Iterable[Right]) -> None:
    """Add a package's rows to the table.

    Raises:
        ValueError: two different rows of one name.
    """
    for row in rows:
        if RIGHTS.get(row.name, row) != row:
            raise ValueError(f"the right {row.name} is declared twice")
        RIGHTS[row.name] = row


def requires(right: str) -> Callable[[F], F]:
    """Mark a view with the right it needs."""

    def mark(view: F) -> F:
        view.right = right  # type: ignore[attr-defined]  # functions take attributes
        return view

    return mark


def right_of(app: Flask, endpoint: str) -> str | None:
    """The right an endpoint needs, None where it names none."""
    named: dict[str, str] = app.extensions.get("cabinet_rights", {})
    return named.get(endpoint) or getattr(app.view_functions[endpoint], "right", None)


def name_right(app: Flask, endpoint: str, right: str) -> None:
    """Give a right to an endpoint that comes from a package (log-in, static files)."""
    app.extensions.setdefault("cabinet_rights", {})[endpoint] = right


def check_routes(app: Flask) -> None:
    """Stop the start where a route has no row in the table.

    Raises:
        RuntimeError: naming the routes.
    """
    missing = [
        f"{rule.endpoint} ({rule.rule})"
        for rule in app.url_map.iter_rules()
        if (right := right_of(app, rule.endpoint)) is None or (right != OPEN and right not in RIGHTS)
    ]
    if missing:
        raise RuntimeError("routes without a row in the policy: " + ", ".join(sorted(missing)))


def allows(right: str, roles: Iterable[str]) -> bool:
    """Whether any of the roles holds the right. Unknown rights are held by nobody."""
    row = RIGHTS.get(right)
    return row is not None and any(role in row.roles for role in roles)
