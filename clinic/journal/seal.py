"""The sealer: joins rows to their practice's chain, in order, shortly after their acts committed.

Acts never wait for it: they write their rows and go. Of two sealers one is refused by UNIQUE(previous), so the chain
cannot fork.
"""

from __future__ import annotations

import logging
import threading
from datetime import UTC, datetime

from flask import Flask
from sqlalchemy import insert, select
from sqlalchemy.exc import IntegrityError

from clinic.base import db
from clinic.journal import reads
from clinic.journal.acts import is_true
from clinic.journal.chain import genesis, link_hash
from clinic.journal.key import Head, journal_key, keep_head
from clinic.models.journal import JournalAct, JournalSeal
from clinic.models.practice import Practice

EVERY_SECONDS = 0.5
SLICE = 500
"""Rows sealed in one transaction: far below 200 ms of writing (law 15)."""

_log = logging.getLogger(__name__)


def chain_name(practice_id: int) -> str:
    """What the chain of a practice's acts is called where its head is kept."""
    return f"acts:{practice_id}"


def seal_acts() -> int:
    """Seal all rows that wait; gives how many."""
    sealed = 0
    for practice_id in db.session.scalars(select(Practice.id)).all():
        while done := _seal_slice(practice_id):
            sealed += done
    db.session.commit()
    return sealed


def _seal_slice(practice_id: int) -> int:
    db.session.commit()
    db.session.connection(execution_options={"cabinet_writes": True})
    try:
        done, head = _join(practice_id)
        db.session.commit()
    except IntegrityError:  # another sealer was faster
        db.session.rollback()
        return 0
    if head:
        keep_head(chain_name(practice_id), head)
    return done


def _join(practice_id: int) -> tuple[int, Head | None]:
    """Join the next rows in the order of their ids. A row that does not authenticate itself stays outside for ever."""
    # PostgreSQL: one sealer a practice, without standing in the way of rows that point at it. SQLite locks anyway.
    db.session.execute(select(Practice.id).where(Practice.id == practice_id).with_for_update(key_share=True))
    last = db.session.execute(
        select(JournalSeal.sequence, JournalSeal.hash)
        .where(JournalSeal.practice_id == practice_id)
        .order_by(JournalSeal.sequence.desc())
        .limit(1)
    ).first()
    sequence, previous = (last.sequence, last.hash) if last else (0, genesis(chain_name(practice_id)))
    key, now = journal_key(), datetime.now(UTC)
    links = []
    for row in db.session.execute(_waiting(practice_id)):
        if not is_true(key, row):
            continue
        sequence += 1
        hashed = link_hash(key, sequence, previous, row.mac)
        links.append(
            {
                "practice_id": practice_id,
                "sequence": sequence,
                "act_id": row.id,
                "previous": previous,
                "hash": hashed,
                "sealed_at": now,
            }
        )
        previous = hashed
    if not links:
        return 0, None
    db.session.execute(insert(JournalSeal), links)
    return len(links), Head(sequence, previous)


def _waiting(practice_id: int):  # type: ignore[no-untyped-def]  # noqa: ANN202  a SELECT over all columns of a table
    acts = JournalAct.__table__
    sealed = select(JournalSeal.act_id).where(
        JournalSeal.practice_id == practice_id, JournalSeal.act_id == JournalAct.id
    )
    return (
        select(*acts.columns)
        .where(JournalAct.practice_id == practice_id, ~sealed.exists())
        .order_by(JournalAct.id)
        .limit(SLICE)
    )


def _run(app: Flask, stop: threading.Event) -> None:
    while not stop.wait(EVERY_SECONDS):
        try:
            with app.app_context():
                seal_acts()
                reads.seal_reads()
                db.session.remove()
        except Exception as error:  # noqa: BLE001  the sealer must outlive a database that is away for a moment
            _log.warning("sealing put off: %s", type(error).__name__)


def start(app: Flask) -> threading.Event:
    """Seal in the background until the event given back is set."""
    stop = threading.Event()
    threading.Thread(target=_run, args=(app, stop), name="sealer", daemon=True).start()
    return stop
