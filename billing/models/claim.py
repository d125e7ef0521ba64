"""Claims in preparation and on their way: projections of their facts."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import JSON, Index, false, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from clinic.base import Base, Instant, OfPractice, own
from clinic.models import Coverage, Patient, Provider, Visit


class ClaimRecord(OfPractice, Base):
    """One claim of the practice. Every column is a projection of the claim's facts (law 2)."""

    __tablename__ = "claim"
    __table_args__ = (
        *own(
            ("number",),
            patient_id="patient",
            coverage_id="coverage",
            rendering_id="provider",
            assigned_to_id="staff",
            coded_by="staff",
            reviewed_by="staff",
            signed_by="staff",
        ),
        Index(None, "practice_id", "journey", "preparation", "service_on"),
        # What the queues count, so that none of them reads the rows: claims that have left are not in it.
        Index(
            "ix_claim_waiting",
            "practice_id",
            "journey",
            "preparation",
            "returned",
            "due_on",
            "service_on",
            "changed_at",
            "assigned_to_id",
            "rendering_id",
            "open_questions",
            sqlite_where=text("journey = 'none'"),
            postgresql_where=text("journey = 'none'"),
        ),
        Index(
            "ix_claim_stopped",
            "practice_id",
            "journey",
            "due_on",
            "changed_at",
            sqlite_where=text("stopped IS NOT NULL"),
            postgresql_where=text("stopped IS NOT NULL"),
        ),
    )

    number: Mapped[str]
    kind: Mapped[str]
    patient_id: Mapped[int] = mapped_column(index=True)
    coverage_id: Mapped[int | None]
    rendering_id: Mapped[int | None]
    service_on: Mapped[date]
    coding: Mapped[dict[str, Any]] = mapped_column(JSON)
    """The ``billing.coding.coding.Coding`` as canonical JSON."""
    preparation: Mapped[str]
    """``coding``, ``coded``, ``reviewed``, ``signed``."""
    journey: Mapped[str]
    """``none``, ``printed``, ``sent`` or ``withdrawn``; later ``acknowledged``, ``accepted``, ``rejected``."""
    adjudication: Mapped[str]
    """``none`` until a payer answers."""
    owes: Mapped[str]
    """``payer``, ``patient``, ``nobody``."""
    total_cents: Mapped[int] = mapped_column(default=0)
    blocks: Mapped[int] = mapped_column(default=0)
    """Findings that stop it, as of the last change."""
    warnings: Mapped[int] = mapped_column(default=0)
    """Findings that still need a reason, as of the last change."""
    open_questions: Mapped[int] = mapped_column(default=0, server_default=text("0"))
    """Questions on it that are not closed: it waits for them."""
    digest: Mapped[str | None]
    """Of the Claim value that was reviewed or signed last."""
    assigned_to_id: Mapped[int | None] = mapped_column(index=True)
    coded_by: Mapped[int | None]
    reviewed_by: Mapped[int | None]
    signed_by: Mapped[int | None]
    due_on: Mapped[date | None]
    """When its payer must have it, None where the payer sets no limit."""
    returned: Mapped[bool] = mapped_column(default=False, server_default=false())
    """Sent back to coding, and its coding not finished since."""
    stopped: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    """Why it stayed behind when it was last sent: a ``billing.coding.story.Stop``."""
    sequence: Mapped[int]
    """Of the last fact taken in."""
    created_at: Mapped[Instant]
    changed_at: Mapped[Instant]
    patient: Mapped[Patient] = relationship(viewonly=True)
    coverage: Mapped[Coverage | None] = relationship(viewonly=True)
    rendering: Mapped[Provider | None] = relationship(viewonly=True)
    visits: Mapped[list[ClaimVisit]] = relationship(viewonly=True, order_by="ClaimVisit.id")


class ClaimVisit(OfPractice, Base):
    """Which visits a claim bills. Several visits may share a claim, and a visit several claims."""

    __tablename__ = "claim_visit"
    __table_args__ = own(("claim_id", "visit_id"), claim_id="claim", visit_id="visit")

    claim_id: Mapped[int] = mapped_column(index=True)
    visit_id: Mapped[int] = mapped_column(index=True)
    visit: Mapped[Visit] = relationship(viewonly=True)


class ClaimTask(OfPractice, Base):
    """Something that has to be done about a claim that has left, because what it says is no longer so."""

    __tablename__ = "claim_task"
    __table_args__ = (
        *own(("claim_id", "cause", "cause_id"), claim_id="claim", done_by="staff"),
        Index(None, "practice_id", "done_at", "due_on"),
    )

    claim_id: Mapped[int] = mapped_column(index=True)
    kind: Mapped[str]
    """``void`` where nothing of it stands any more, else ``replace``."""
    cause: Mapped[str]
    """``specimen``: one whose charge it holds was rejected."""
    cause_id: Mapped[int]
    words: Mapped[str]
    """What happened, as a message id."""
    params: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    due_on: Mapped[date | None]
    opened_at: Mapped[Instant]
    done_at: Mapped[Instant | None]
    done_by: Mapped[int | None]
    claim: Mapped[ClaimRecord] = relationship(viewonly=True)
