"""A page of what other systems call one kind of thing: its key and words, how it is used, and what it is here."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from sqlalchemy import func, or_, select

from clinic.base import db
from clinic.domain.mapping import UNDECIDED
from clinic.models import Mapping
from clinic.services.map_foreign import decision_of
from clinic.services.mapping_uses import keyed_uses, of_key, undecided

ROWS = 50


class Row(NamedTuple):
    """One thing."""

    key: str
    words: str
    visits: int
    """Not billed yet, that use it."""
    first: date | None
    last: date | None
    mapping: Mapping | None
    """What was decided, None where nothing is."""


class Table(NamedTuple):
    """A page of them; ``number`` starts at 1."""

    rows: list[Row]
    number: int
    pages: int
    total: int


def table(practice_id: int, kind: str, *, everything: bool, text: str = "", number: int = 1) -> Table:
    """What waits to be decided, or ``everything``, most used first; two statements.

    ``text`` is looked for in words and keys without regard to case.
    """
    used = keyed_uses(practice_id, kind, decided=everything)
    query = select(used, Mapping).outerjoin(Mapping, of_key(practice_id, kind, used.c.key))
    if not everything:
        query = query.where(or_(Mapping.id.is_(None), undecided()))
    if text:
        plain = text.lower()
        query = query.where(
            or_(
                func.lower(used.c.words).contains(plain, autoescape=True),
                func.lower(used.c.key).contains(plain, autoescape=True),
            )
        )
    total = db.session.scalar(select(func.count()).select_from(query.with_only_columns(used.c.key).subquery())) or 0
    pages = max(1, -(-total // ROWS))
    number = min(max(1, number), pages)
    shown = query.order_by(used.c.visits.desc(), used.c.words, used.c.key).limit(ROWS).offset((number - 1) * ROWS)
    rows = [
        Row(found.key, found.words, found.visits, found.first, found.last, _decided(found.Mapping))
        for found in db.session.execute(shown)
    ]
    return Table(rows, number, pages, total)


def _decided(row: Mapping | None) -> Mapping | None:
    return None if decision_of(row) == UNDECIDED else row
