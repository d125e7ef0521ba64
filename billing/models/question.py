"""Questions on claims: projections of the claims' facts."""

from __future__ import annotations

from typing import Any

from sqlalchemy import JSON, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from billing.models.claim import ClaimRecord
from clinic.base import Base, Instant, OfPractice, own
from clinic.models import Note


class ClaimQuestion(OfPractice, Base):
    """One question about a claim, as it stands."""

    __tablename__ = "claim_question"
    __table_args__ = (
        *own(
            ("claim_id", "number"),
            claim_id="claim",
            note_id="note",
            of_id="staff",
            asked_by="staff",
            answered_by="staff",
            closed_by="staff",
        ),
        Index(None, "practice_id", "waits_for", "since"),
    )

    claim_id: Mapped[int] = mapped_column(index=True)
    number: Mapped[int]
    """Sequence of the fact that asked it."""
    standing: Mapped[dict[str, Any]] = mapped_column(JSON)
    """The ``billing.coding.questions.Question``; the columns below are what is looked for or joined."""
    state: Mapped[str]
    """``open``, ``answered`` or ``closed``."""
    waits_for: Mapped[str | None]
    """``provider`` or ``coder``: who has to do something next; None when it is closed."""
    of_id: Mapped[int | None]
    """Who in particular was asked, while it is open."""
    note_id: Mapped[int | None]
    asked_by: Mapped[int | None]
    asked_at: Mapped[Instant]
    answered_by: Mapped[int | None]
    answered_at: Mapped[Instant | None]
    closed_by: Mapped[int | None]
    closed_at: Mapped[Instant | None]
    reason: Mapped[str | None]
    """Why it was taken back."""
    since: Mapped[Instant]
    """When whom it waits for began to be waited for."""
    claim: Mapped[ClaimRecord] = relationship(viewonly=True)
    note: Mapped[Note | None] = relationship(viewonly=True)
