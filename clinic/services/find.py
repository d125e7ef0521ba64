"""Fetching by id: only ever within the actor's practice."""

from __future__ import annotations

from typing import Any, TypeVar

from sqlalchemy import select
from sqlalchemy.orm.interfaces import ORMOption

from clinic.base import Base, db
from clinic.services.acting import Actor

Row = TypeVar("Row", bound=Base)


class Unknown(LookupError):
    """No such thing, or not of this practice: from outside the two look alike."""


def one(actor: Actor, model: type[Row], row_id: int, *options: ORMOption) -> Row:
    """The row of the actor's practice with that id.

    Raises:
        Unknown: there is none.
    """
    table: Any = model
    wanted = select(model).where(table.practice_id == actor.practice_id, table.id == row_id).options(*options)
    row: Row | None = db.session.scalars(wanted).unique().one_or_none()
    if row is None:
        raise Unknown(model.__tablename__)
    return row
