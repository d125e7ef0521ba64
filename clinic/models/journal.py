"""The journal's tables: acts as they are written, and the chain that seals them (law 14)."""

from __future__ import annotations

from sqlalchemy import Index
from sqlalchemy.orm import Mapped

from clinic.base import Base, Instant, OfPractice, own


class JournalAct(OfPractice, Base):
    """One act: who did what to which thing. Ids and digests, no names and no notes."""

    __tablename__ = "journal_act"
    __table_args__ = (
        *own(),
        Index(None, "practice_id", "thing", "thing_id"),
        Index(None, "practice_id", "actor_id"),  # what one did last
    )

    at: Mapped[Instant]
    actor_id: Mapped[int | None]
    act: Mapped[str]
    """The right under which it was done: ``claim.sign``, ``patient.merge``, …"""
    thing: Mapped[str]
    thing_id: Mapped[int]
    digest: Mapped[str | None]
    """SHA-256 of what was acted on, where there is something to hold it to."""
    detail: Mapped[str | None]
    """Codes and ids only."""
    mac: Mapped[str]
    """Authentication code of all of the above under the installation's journal key (``clinic.journal.chain``)."""


class JournalSeal(OfPractice, Base):
    """A link of the chain: the act's digest bound to all links before it."""

    __tablename__ = "journal_seal"
    __table_args__ = own(("sequence",), ("previous",), ("act_id",), act_id="journal_act")

    sequence: Mapped[int]
    """From 1 without gaps in each practice."""
    act_id: Mapped[int]
    previous: Mapped[str]
    """Hash of the link before; the practice's genesis text for the first."""
    hash: Mapped[str]
    sealed_at: Mapped[Instant]
