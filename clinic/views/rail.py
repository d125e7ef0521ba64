"""The rail beside every screen: the queues one may open, each with how it stands."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from flask import current_app, g, request, url_for

from clinic import queues
from clinic.queues import GROUPS, Queue, QueueState
from clinic.views.guard import actor, may


class RailRow(NamedTuple):
    """A row as the rail draws it."""

    queue: Queue
    href: str
    key: str
    state: QueueState | None
    current: bool


class RailGroup(NamedTuple):
    """Rows under one heading."""

    words: str
    rows: list[RailRow]


def standing() -> dict[str, QueueState]:
    """How the queues stand that who is logged in may open, counted once a request."""
    if "queue_states" not in g:
        g.queue_states = queues.states(_open_rows(), actor())
    found: dict[str, QueueState] = g.queue_states
    return found


def rail(here: str = "") -> list[RailGroup]:
    """The groups of the rail. ``here`` names the current row; without it the address tells."""
    rows, counted = _open_rows(), standing()
    hrefs = {row.name: url_for(row.endpoint) for row in rows}
    here = here or _by_address(hrefs)
    digits = iter("123456789")
    drawn = [RailRow(row, hrefs[row.name], _key(row, digits), counted.get(row.name), row.name == here) for row in rows]
    return [
        RailGroup(words, found)
        for name, words in GROUPS.items()
        if (found := [row for row in drawn if row.queue.group == name])
    ]


def _key(row: Queue, digits: Iterator[str]) -> str:
    if row.count is None:
        return "0" if row.name == "today" else ""
    return next(digits, "")


def _open_rows() -> list[Queue]:
    return [row for row in queues.in_order() if may(row.right) and row.endpoint in current_app.view_functions]


def _by_address(hrefs: dict[str, str]) -> str:
    path = request.path
    fitting = [name for name, href in hrefs.items() if path == href or (href != "/" and path.startswith(f"{href}/"))]
    return max(fitting, key=lambda name: len(hrefs[name]), default="")
