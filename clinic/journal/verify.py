"""Verifying the journal: the first row that is not as it was written, if there is one."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Literal

from sqlalchemy import select

from clinic.base import db
from clinic.domain.value import Value
from clinic.journal import reads
from clinic.journal.acts import is_true
from clinic.journal.chain import genesis, link_hash, row_mac
from clinic.journal.key import Head, heads_file, journal_key, read_heads
from clinic.journal.seal import chain_name
from clinic.models.journal import JournalAct, JournalSeal
from clinic.models.practice import Practice

What = Literal["edited", "deleted", "inserted", "reordered", "cut", "replaced"]

BATCH = 5000


class Verdict(Value, frozen=True, kw_only=True, omit_defaults=False):
    """What is said of one chain."""

    chain: str
    rows: int
    ok: bool
    what: What | None = None
    row: int | None = None
    """Id of the first bad row, or the sequence where one is missing."""


class _Walk:
    """Following one chain from its first link."""

    def __init__(self, name: str, head: Head | None) -> None:
        self.name = name
        self.head = head
        self.key = journal_key()
        self.sequence = 0
        self.previous = genesis(name)
        self.at_head: str | None = None

    def joins(self, previous: str, hashed: str, mac: str) -> bool:
        """Whether the link joins the ones before it; if so it is now the last."""
        if previous != self.previous or hashed != link_hash(self.key, self.sequence + 1, previous, mac):
            return False
        self.sequence, self.previous = self.sequence + 1, hashed
        if self.head and self.sequence == self.head.sequence:
            self.at_head = hashed
        return True

    def bad(self, what: What, row: int) -> Verdict:
        """The verdict on a chain that breaks here."""
        return Verdict(chain=self.name, rows=self.sequence, ok=False, what=what, row=row)

    def ended(self) -> Verdict:
        """The verdict at its last link: as long as the kept head says, and the same there."""
        if self.head and self.sequence < self.head.sequence:
            return self.bad("cut", self.sequence + 1)
        if self.head and self.at_head != self.head.hash:
            return self.bad("replaced", self.head.sequence)
        return Verdict(chain=self.name, rows=self.sequence, ok=True)


def verify(kept: Path | None = None) -> Iterator[Verdict]:
    """Follow every chain from its first row to the kept head.

    ``kept`` is a file of heads kept elsewhere, else the installation's own.

    Raises:
        ValueError: the file of heads cannot be read.
    """
    heads = read_heads(kept or heads_file())
    for practice_id in db.session.scalars(select(Practice.id).order_by(Practice.id)).all():
        name = chain_name(practice_id)
        yield _acts(practice_id, _Walk(name, heads.get(name)))
    if reads.path().exists() or reads.CHAIN in heads:
        yield _reads(_Walk(reads.CHAIN, heads.get(reads.CHAIN)))


def _acts(practice_id: int, walk: _Walk) -> Verdict:
    links = (
        select(
            JournalSeal.sequence,
            JournalSeal.act_id,
            JournalSeal.previous,
            JournalSeal.hash,
            *JournalAct.__table__.columns,
        )
        .outerjoin(
            JournalAct, (JournalAct.practice_id == JournalSeal.practice_id) & (JournalAct.id == JournalSeal.act_id)
        )
        .where(JournalSeal.practice_id == practice_id)
        .order_by(JournalSeal.sequence)
        .execution_options(yield_per=BATCH)
    )
    with closing(db.session.execute(links)) as found:
        for link in found:
            if link.sequence != walk.sequence + 1:
                return walk.bad("deleted", walk.sequence + 1)
            if link.id is None:
                return walk.bad("deleted", link.act_id)
            if not is_true(walk.key, link):
                return walk.bad("edited", link.act_id)
            if not walk.joins(link.previous, link.hash, link.mac):
                return walk.bad("reordered", link.act_id)
    verdict = walk.ended()
    stranger = _stranger(practice_id, walk.key) if verdict.ok else None
    return verdict if stranger is None else walk.bad("inserted", stranger)


def _stranger(practice_id: int, key: bytes) -> int | None:
    """The first row outside the chain that nobody of the house wrote."""
    sealed = select(JournalSeal.act_id).where(
        JournalSeal.practice_id == practice_id, JournalSeal.act_id == JournalAct.id
    )
    rows = db.session.execute(
        select(*JournalAct.__table__.columns)
        .where(JournalAct.practice_id == practice_id, ~sealed.exists())
        .order_by(JournalAct.id)
    )
    return next((row.id for row in rows if not is_true(key, row)), None)


def _reads(walk: _Walk) -> Verdict:
    with reads.opened() as connection:
        rows = connection.execute(
            "SELECT id, practice_id, at, staff_id, endpoint, patients, reason, mac, previous, hash "
            "FROM page ORDER BY id"
        )
        for row_id, *values, mac, previous, hashed in rows:
            if row_mac(walk.key, *values) != mac:
                return walk.bad("edited" if hashed else "inserted", row_id)
            if hashed is not None and not walk.joins(previous, hashed, mac):
                return walk.bad("deleted" if previous != walk.previous else "reordered", row_id)
    return walk.ended()
