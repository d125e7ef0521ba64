"""How migrations run: on the application's own engine, in one transaction."""

from collections.abc import Iterator
from contextlib import contextmanager

from alembic import context
from flask import current_app
from flask_security import AsaList
from sqlalchemy import Connection

from clinic.base import Base, UtcDateTime, db

PLAIN = {UtcDateTime: "sa.DateTime(timezone=True)", AsaList: "sa.UnicodeText()"}


def render_item(kind: str, item: object, _context: object) -> str | bool:
    """Types of ours as what the database keeps: a migration must not change when they do."""
    return PLAIN.get(type(item), False) if kind == "type" else False


@contextmanager
def tables_made_anew(connection: Connection) -> Iterator[None]:
    """SQLite changes a table by making it anew; while it is away, rows that point at it must not be judged.

    Raises:
        RuntimeError: a row points at nothing afterwards; nothing of the migration is kept.
    """
    if connection.dialect.name != "sqlite":
        yield
        return
    raw = connection.connection
    raw.execute("PRAGMA foreign_keys = OFF")  # has no effect inside a transaction, so before it
    try:
        yield
    finally:
        raw.execute("PRAGMA foreign_keys = ON")


def judge_links(connection: Connection) -> None:
    """After a migration every link of every row holds."""
    if connection.dialect.name == "sqlite":
        astray = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
        if astray:
            raise RuntimeError(f"rows that point at nothing: {astray[:5]}")


def run() -> None:
    """Run what the command asked for on the bound database."""
    with db.engine.connect() as connection, tables_made_anew(connection):
        context.configure(
            connection=connection,
            target_metadata=Base.metadata,
            render_item=render_item,
            **current_app.extensions["migrate"].configure_args,
        )
        with context.begin_transaction():
            context.run_migrations()
            judge_links(connection)


run()
