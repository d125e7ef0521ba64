"""What each bench holds in hand, what it was asked, and the last scans: a file of its own beside the database.

None of it is a fact: it says who stands where right now. So it waits for no writer, is in no backup, and may be lost.
It holds ids, numbers and message ids, no names. A bench is one browser's session.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import msgspec
from flask import current_app

from clinic.domain.value import Value
from clinic.services.acting import Actor
from clinic.services.clock import now
from lab.domain.asking import Question

KEPT = 400
"""Scans of a practice that are kept; older ones go."""
SHOWN = 8

_TABLES = """
CREATE TABLE IF NOT EXISTS hand (
    bench TEXT PRIMARY KEY, practice_id INTEGER NOT NULL, staff_id INTEGER, specimen_id INTEGER, since TEXT,
    question TEXT, device_id INTEGER, shown TEXT NOT NULL DEFAULT '[]', site TEXT
);
CREATE INDEX IF NOT EXISTS hand_of ON hand (practice_id, specimen_id);
CREATE TABLE IF NOT EXISTS scan (
    id INTEGER PRIMARY KEY AUTOINCREMENT, practice_id INTEGER NOT NULL, bench TEXT NOT NULL, staff_id INTEGER,
    at TEXT NOT NULL, number TEXT NOT NULL, outcome TEXT NOT NULL, words TEXT NOT NULL, params TEXT NOT NULL,
    specimen_id INTEGER, sequence INTEGER
);
CREATE INDEX IF NOT EXISTS scan_of ON scan (practice_id, id);
CREATE TABLE IF NOT EXISTS place (
    practice_id INTEGER NOT NULL, whose TEXT NOT NULL, location_id INTEGER, PRIMARY KEY (practice_id, whose)
);
"""


class Hand(Value, frozen=True, kw_only=True):
    """What one bench holds."""

    bench: str
    specimen_id: int | None = None
    since: datetime | None = None
    question: Question | None = None
    device_id: int | None = None
    """The centrifuge whose card was scanned last."""
    site: str | None = None
    """Where was drawn last, for further tubes of the same patient."""


class Scanned(Value, frozen=True, kw_only=True):
    """A scan as it is listed. ``words`` is a message id filled from ``params``."""

    id: int
    bench: str
    staff_id: int | None
    at: datetime
    number: str
    outcome: str
    """``ok``, ``done`` (a fact was told, it can be undone) or ``stopped``."""
    words: str
    params: dict[str, str | int]
    specimen_id: int | None = None
    sequence: int | None = None
    """Of the fact it told."""


@contextmanager
def opened() -> Iterator[sqlite3.Connection]:
    """The bench's own file, each statement kept at once."""
    path = Path(current_app.config["CABINET_INSTANCE"]) / "bench.db"
    fresh = not path.exists()
    connection = sqlite3.connect(path, timeout=15, isolation_level=None)
    connection.row_factory = sqlite3.Row
    try:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = OFF")  # what is lost with the power is scanned again
        if fresh or not connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'place'").fetchone():
            connection.executescript(_TABLES)
        yield connection
    finally:
        connection.close()


def hand_of(actor: Actor, bench: str) -> Hand:
    """What the bench holds; nothing where it is new or of another practice."""
    with opened() as file:
        row = file.execute(
            "SELECT * FROM hand WHERE bench = ? AND practice_id = ?", (bench, actor.practice_id)
        ).fetchone()
    if row is None:
        return Hand(bench=bench)
    return Hand(
        bench=bench,
        specimen_id=row["specimen_id"],
        since=_instant(row["since"]),
        question=msgspec.json.decode(row["question"], type=Question) if row["question"] else None,
        device_id=row["device_id"],
        site=row["site"],
    )


def keep(actor: Actor, hand: Hand) -> None:
    """Put what a bench holds in the place of what it held."""
    question = msgspec.json.encode(hand.question).decode() if hand.question else None
    since = hand.since.isoformat() if hand.since else None
    with opened() as file:
        file.execute(
            "INSERT INTO hand (bench, practice_id, staff_id, specimen_id, since, question, device_id, site) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (bench) DO UPDATE SET "
            "practice_id = excluded.practice_id, staff_id = excluded.staff_id, specimen_id = excluded.specimen_id, "
            "since = excluded.since, question = excluded.question, device_id = excluded.device_id, "
            "site = excluded.site",
            (
                hand.bench,
                actor.practice_id,
                actor.staff_id,
                hand.specimen_id,
                since,
                question,
                hand.device_id,
                hand.site,
            ),
        )


def elsewhere(actor: Actor, bench: str) -> dict[int, int | None]:
    """Containers that other benches of the practice hold, and whose hand it is."""
    with opened() as file:
        rows = file.execute(
            "SELECT specimen_id, staff_id FROM hand WHERE practice_id = ? AND bench <> ? AND specimen_id IS NOT NULL",
            (actor.practice_id, bench),
        ).fetchall()
    return {row["specimen_id"]: row["staff_id"] for row in rows}


def log(
    actor: Actor,
    bench: str,
    number: str,
    outcome: str,
    *,
    words: str,
    params: dict[str, str | int] | None = None,
    specimen_id: int | None = None,
    sequence: int | None = None,
) -> int:
    """List a scan; gives its id."""
    with opened() as file:
        told = file.execute(
            "INSERT INTO scan (practice_id, bench, staff_id, at, number, outcome, words, params, specimen_id, sequence)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                actor.practice_id,
                bench,
                actor.staff_id,
                now().isoformat(),
                number,
                outcome,
                words,
                msgspec.json.encode(params or {}).decode(),
                specimen_id,
                sequence,
            ),
        ).lastrowid
        if told and told % 50 == 0:
            file.execute("DELETE FROM scan WHERE practice_id = ? AND id <= ?", (actor.practice_id, told - KEPT))
    return told or 0


def scans(actor: Actor, count: int = SHOWN) -> list[Scanned]:
    """The last scans of the practice, newest first."""
    with opened() as file:
        rows = file.execute(
            "SELECT * FROM scan WHERE practice_id = ? ORDER BY id DESC LIMIT ?", (actor.practice_id, count)
        ).fetchall()
    return [_scanned(row) for row in rows]


def scan_of(actor: Actor, scan_id: int) -> Scanned | None:
    """One scan of the practice."""
    with opened() as file:
        row = file.execute(
            "SELECT * FROM scan WHERE practice_id = ? AND id = ?", (actor.practice_id, scan_id)
        ).fetchone()
    return _scanned(row) if row else None


def not_yet_shown(actor: Actor, bench: str, patients: set[int]) -> set[int]:
    """Those of the patients that this person was not shown before at this bench; from now on they were.

    A board draws itself anew four times a minute: that it still shows the same people is no further reading.
    """
    with opened() as file:
        row = file.execute("SELECT staff_id, shown FROM hand WHERE bench = ?", (bench,)).fetchone()
        known = set(msgspec.json.decode(row["shown"])) if row and row["staff_id"] == actor.staff_id else set()
        fresh = patients - known
        if fresh:
            shown = msgspec.json.encode(sorted(known | patients)).decode()
            file.execute(
                "INSERT INTO hand (bench, practice_id, staff_id, shown) VALUES (?, ?, ?, ?) "
                "ON CONFLICT (bench) DO UPDATE SET shown = excluded.shown, staff_id = excluded.staff_id",
                (bench, actor.practice_id, actor.staff_id, shown),
            )
    return fresh


def _scanned(row: Any) -> Scanned:
    return Scanned(
        id=row["id"],
        bench=row["bench"],
        staff_id=row["staff_id"],
        at=datetime.fromisoformat(row["at"]),
        number=row["number"],
        outcome=row["outcome"],
        words=row["words"],
        params=msgspec.json.decode(row["params"]),
        specimen_id=row["specimen_id"],
        sequence=row["sequence"],
    )


def _instant(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
