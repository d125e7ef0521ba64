"""The connection's own rules: SQLite behaves as the house expects of every database."""

from __future__ import annotations

from typing import Any

from flask import Flask
from sqlalchemy import Connection, event

from clinic.base import db

BUSY_MS = 15_000
"""How long a SQLite writer waits for its turn."""


def _on_connect(connection: Any, record: object) -> None:
    del record
    connection.isolation_level = None  # the begin below decides, not the driver
    for pragma in (
        "journal_mode = WAL",
        "synchronous = NORMAL",
        "foreign_keys = ON",
        f"busy_timeout = {BUSY_MS}",
        "temp_store = MEMORY",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _on_begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get("cabinet_writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def set_up(app: Flask) -> None:
    """Bind the session to the app's database and teach SQLite manners: WAL, foreign keys, waiting, BEGIN IMMEDIATE."""
    db.init_app(app)
    with app.app_context():
        if db.engine.dialect.name == "sqlite":
            event.listen(db.engine, "connect", _on_connect)
            event.listen(db.engine, "begin", _on_begin)
