"""Who saw whose record: one row a page, in a file of its own, so that looking never waits for a writer (law 14)."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from flask import Flask, current_app, g, request
from flask_login import current_user
from werkzeug.wrappers import Response

from clinic.journal.chain import genesis, link_hash, row_mac
from clinic.journal.key import Head, journal_key, keep_head

CHAIN = "reads"
SLICE = 1000

_TABLE = """
CREATE TABLE IF NOT EXISTS page (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    practice_id INTEGER NOT NULL,
    at TEXT NOT NULL,
    staff_id INTEGER NOT NULL,
    endpoint TEXT NOT NULL,
    patients TEXT NOT NULL,
    reason TEXT,
    mac TEXT NOT NULL,
    previous TEXT UNIQUE,
    hash TEXT
)
"""
_COLUMNS = "practice_id, at, staff_id, endpoint, patients, reason"


def seen(*patient_ids: int) -> None:
    """Say that this page shows these patients. The page's one row names them."""
    if "patients_seen" not in g:
        g.patients_seen = set()
    g.patients_seen.update(patient_ids)


def path() -> Path:
    """The file of the reads."""
    return Path(current_app.config["CABINET_INSTANCE"]) / "reads.db"


@contextmanager
def opened() -> Iterator[sqlite3.Connection]:
    """A connection to the reads, committed at the end."""
    connection = sqlite3.connect(path(), timeout=15, isolation_level=None)
    try:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute(_TABLE)
        yield connection
    finally:
        connection.close()


def _after(response: Response) -> Response:
    patients = g.get("patients_seen")
    if patients is None or response.status_code >= 400 or not current_user.is_authenticated:
        return response
    row = (
        current_user.practice_id,
        datetime.now(UTC).isoformat(timespec="microseconds"),
        current_user.id,
        request.endpoint or "",
        " ".join(map(str, sorted(patients))),
        g.get("reason_to_read"),
    )
    with opened() as connection:
        connection.execute(
            f"INSERT INTO page ({_COLUMNS}, mac) VALUES (?, ?, ?, ?, ?, ?, ?)",  # noqa: S608  our own column names
            (*row, row_mac(journal_key(), *row)),
        )
    return response


def seal_reads() -> int:
    """Join the rows that wait to the chain of the reads; gives how many."""
    if not path().exists():
        return 0
    sealed = 0
    while done := _seal_slice():
        sealed += done
    return sealed


def _seal_slice() -> int:
    key = journal_key()
    with opened() as connection:
        connection.execute("BEGIN IMMEDIATE")
        last = connection.execute(
            "SELECT id, hash, (SELECT count(*) FROM page WHERE hash IS NOT NULL) FROM page "
            "WHERE hash IS NOT NULL ORDER BY id DESC LIMIT 1"
        ).fetchone()
        after, previous, sequence = last or (0, genesis(CHAIN), 0)
        rows = connection.execute(
            f"SELECT id, {_COLUMNS}, mac FROM page WHERE id > ? AND hash IS NULL ORDER BY id LIMIT ?",  # noqa: S608
            (after, SLICE),
        ).fetchall()
        done = 0
        for row_id, *values, mac in rows:
            if row_mac(key, *values) != mac:
                break
            sequence, done = sequence + 1, done + 1
            hashed = link_hash(key, sequence, previous, mac)
            connection.execute("UPDATE page SET previous = ?, hash = ? WHERE id = ?", (previous, hashed, row_id))
            previous = hashed
        connection.execute("COMMIT")
    if done:
        keep_head(CHAIN, Head(sequence, previous))
    return done


def set_up(app: Flask) -> None:
    """Leave a row for each page that shows patients."""
    app.after_request(_after)
