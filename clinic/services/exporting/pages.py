"""Rows read page by page, so that no table is ever in memory as a whole."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any, Final

from sqlalchemy import Select, select

from clinic.base import db
from clinic.models import ForeignResource

PAGE: Final = 500


def pages(wanted: Select[Any], key: Any) -> Iterator[Sequence[Any]]:
    """The rows of a statement in the order of ``key``, a unique column, a page at a time."""
    last = 0
    while True:
        rows = db.session.execute(wanted.where(key > last).order_by(key).limit(PAGE)).all()
        if not rows:
            return
        yield rows
        last = rows[-1][0].id


def given_elsewhere(practice_id: int, thing: str, first: int, last: int) -> dict[int, tuple[tuple[str, str], ...]]:
    """The business identifiers that other systems gave to the rows of a table between two ids.

    A key that is only an address over there (a full URL, ``Patient/1``) means nothing to anybody else.
    """
    found: defaultdict[int, list[tuple[str, str]]] = defaultdict(list)
    rows = db.session.execute(
        select(ForeignResource.thing_id, ForeignResource.key)
        .where(
            ForeignResource.practice_id == practice_id,
            ForeignResource.thing == thing,
            ForeignResource.thing_id.between(first, last),
        )
        .order_by(ForeignResource.id)
    )
    for row, key in rows:
        named = business(key)
        if row is not None and named:
            found[row].append(named)
    return {row: tuple(named) for row, named in found.items()}


def business(key: str) -> tuple[str, str] | None:
    """System and value of a key that is a business identifier, None of any other."""
    system, bar, value = key.partition("|")
    return (system, value) if bar and system and value.strip() and not any(map(str.isspace, system)) else None
