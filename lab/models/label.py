"""Labels as they were printed, and those that wait for a printer."""

from __future__ import annotations

from typing import Any

from sqlalchemy import JSON
from sqlalchemy.orm import Mapped, mapped_column

from clinic.base import Base, Instant, OfPractice, own


class LabelPrint(OfPractice, Base):
    """One label of a job: its snapshot, so that it can be printed again exactly, and whether it went out."""

    __tablename__ = "label_print"
    __table_args__ = own(("job", "position"), specimen_id="specimen", printer_id="printer", staff_id="staff")

    specimen_id: Mapped[int | None] = mapped_column(index=True)
    """None for the label of a place or a card."""
    job: Mapped[int]
    position: Mapped[int]
    """From 1 in its job: a half-printed job goes on at the first that waits."""
    snapshot: Mapped[dict[str, Any]] = mapped_column(JSON)
    digest: Mapped[str]
    """SHA-256 of its dots."""
    state: Mapped[str]
    """``waiting``, ``sent`` or ``failed``."""
    reason: Mapped[str | None]
    """Why it was printed again, None for the first."""
    printer_id: Mapped[int | None]
    staff_id: Mapped[int | None]
    asked_at: Mapped[Instant]
    printed_at: Mapped[Instant | None]
