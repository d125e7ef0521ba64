"""Rows written straight into the tables, as many as a large practice has."""

from __future__ import annotations

import json
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from clinic.base import Base, db


def many(model: type[Base], rows: list[dict[str, Any]]) -> None:
    """Rows straight to the driver: SQLAlchemy's own conversion of every value would take most of the time."""
    table = model.metadata.tables[model.__tablename__]
    names = list(rows[0])
    given = {
        column.key: as_kept(column.default.arg)
        for column in table.c
        if column.key not in names and column.default is not None and column.default.is_scalar
    }
    columns = ", ".join(f'"{name}"' for name in (*names, *given))
    marks = ", ".join("?" for _ in (*names, *given))
    db.session.connection().exec_driver_sql(
        f"INSERT INTO {table.name} ({columns}) VALUES ({marks})",
        [(*map(as_kept, row.values()), *given.values()) for row in rows],
    )


def as_kept(value: object) -> object:
    """A value as SQLAlchemy would have SQLite keep it."""
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M:%S.%f")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return int(value)
    return json.dumps(value) if isinstance(value, dict) else value
