"""Facts: what happened, appended and never changed (law 2)."""

from __future__ import annotations

from typing import Any

from sqlalchemy import JSON
from sqlalchemy.orm import Mapped, mapped_column

from clinic.base import Base, Instant, OfPractice, own


class Fact(OfPractice, Base):
    """Something that happened to one thing. ``(thing, sequence)`` is unique: of two writers the second is told."""

    __tablename__ = "fact"
    __table_args__ = own(("thing", "thing_id", "sequence"), actor_id="staff")

    thing: Mapped[str]
    """``patient``, ``visit``, ``claim``, …"""
    thing_id: Mapped[int]
    sequence: Mapped[int]
    """From 1 without gaps for each thing."""
    type: Mapped[str]
    """``patient.merged``, ``claim.coded``, …"""
    version: Mapped[int]
    """Of the body's shape. A stored sample of each version loads for ever."""
    at: Mapped[Instant]
    actor_id: Mapped[int | None]
    """None where the command line or an import did it."""
    reason: Mapped[str | None]
    body: Mapped[dict[str, Any]] = mapped_column(JSON)
