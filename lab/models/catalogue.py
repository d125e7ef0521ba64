"""The catalogue of tests as a practice has it, and the laboratories it sends to."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import JSON
from sqlalchemy.orm import Mapped, mapped_column

from clinic.base import Base, Instant, OfPractice, own


class Laboratory(OfPractice, Base):
    """A laboratory outside the house: for specimens, or of a dental technician."""

    __tablename__ = "laboratory"
    __table_args__ = own(("name",))

    name: Mapped[str]
    clia: Mapped[str | None]
    account: Mapped[str | None]
    """The practice's number there."""
    phone: Mapped[str | None]
    courier: Mapped[str | None]
    """Who fetches what goes there."""
    cutoff: Mapped[str | None]
    """``HH:MM``, local time of the place: when the courier comes."""
    result_days: Mapped[int | None]
    """After how many days without a result something is not back yet."""
    bills: Mapped[str] = mapped_column(default="lab")
    """``lab``: it bills the payer itself. ``practice``: the practice bills for it, with modifier 90."""
    dental: Mapped[bool] = mapped_column(default=False)
    active: Mapped[bool] = mapped_column(default=True)


class TestVersion(OfPractice, Base):
    """What the practice, or one laboratory, says differently from the shipped catalogue, from a date on."""

    __tablename__ = "lab_test"
    __table_args__ = own(("test_key", "laboratory_id", "effective_on", "revision"), laboratory_id="laboratory")
    __test__ = False  # pytest takes classes by their name

    test_key: Mapped[str] = mapped_column(index=True)
    laboratory_id: Mapped[int | None]
    effective_on: Mapped[date]
    revision: Mapped[int]
    """From 1 among those of one date: the last one counts."""
    facts: Mapped[dict[str, Any]] = mapped_column(JSON)
    """The fields of ``lab.domain.catalogue.TestFacts`` that differ; all of them for a test of its own."""
    retired: Mapped[bool] = mapped_column(default=False)
    reason: Mapped[str | None]
    created_at: Mapped[Instant]
    created_by: Mapped[int | None]
