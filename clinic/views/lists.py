"""Lists of the house a page at a time, and text searched without regard to case."""

from __future__ import annotations

from typing import Any, NamedTuple

from flask import request
from sqlalchemy import ColumnElement, Select, func, select

from clinic.base import db

ROWS = 50


class Page(NamedTuple):
    """The rows of one page; ``number`` starts at 1."""

    rows: list[Any]
    number: int
    pages: int
    total: int


def page_of(query: Select[Any], *order: Any) -> Page:
    """The page that the address asks for (``?page=``), two statements whatever its length."""
    total = db.session.scalar(select(func.count()).select_from(query.subquery())) or 0
    pages = max(1, -(-total // ROWS))
    number = min(max(1, request.args.get("page", 1, type=int)), pages)
    rows = db.session.scalars(query.order_by(*order).limit(ROWS).offset((number - 1) * ROWS)).all()
    return Page(list(rows), number, pages, total)


def counted(query: Select[int, int]) -> dict[int, int]:
    """Ids and their counts, from a query of the two."""
    return {row_id: count for row_id, count in db.session.execute(query)}  # noqa: C416  rows are tuples, a dict wants pairs


def like(column: Any, text: str, *, start: bool = False) -> ColumnElement[bool]:
    """Whether a column holds the text, or starts with it; signs that LIKE knows mean themselves."""
    plain = text.lower()
    lowered = func.lower(column)
    return lowered.startswith(plain, autoescape=True) if start else lowered.contains(plain, autoescape=True)


def sorted_by(columns: dict[str, Any], default: str) -> tuple[Any, ...]:
    """The order that the address asks for (``?sort=words`` or ``-words``), of those there are."""
    asked = request.args.get("sort", default)
    name = asked.removeprefix("-")
    column = columns.get(name, columns[default])
    return (column.desc() if asked.startswith("-") else column,)
