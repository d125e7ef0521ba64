"""What left the house, byte for byte (law 3)."""

from __future__ import annotations

from sqlalchemy import LargeBinary
from sqlalchemy.orm import Mapped, mapped_column, relationship

from billing.models.claim import ClaimRecord
from clinic.base import Base, Instant, OfPractice, own


class Submission(OfPractice, Base):
    """One file or stack of paper that left, with the SHA-256 of its bytes."""

    __tablename__ = "submission"
    __table_args__ = own(
        ("form", "control_number"), actor_id="staff", clearinghouse_id="clearinghouse", mailed_by_id="staff"
    )

    form: Mapped[str]
    """``837p``, ``cms1500``, ``fhir``."""
    control_number: Mapped[int]
    """Interchange control number of a file, running number of a stack of paper. Never repeats."""
    file_name: Mapped[str]
    body: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    sha256: Mapped[str]
    actor_id: Mapped[int | None]
    at: Mapped[Instant]
    clearinghouse_id: Mapped[int | None]
    """Whom a file went to; None for paper."""
    mailed_at: Mapped[Instant | None]
    """When a person said that a stack of paper was mailed."""
    mailed_by_id: Mapped[int | None]
    claims: Mapped[list[SubmittedClaim]] = relationship(viewonly=True, order_by="SubmittedClaim.id")


class SubmittedClaim(OfPractice, Base):
    """A claim as it left: its canonical JSON and digest, never changed by later edits of anything."""

    __tablename__ = "submitted_claim"
    __table_args__ = own(("submission_id", "claim_id"), submission_id="submission", claim_id="claim")

    submission_id: Mapped[int] = mapped_column(index=True)
    claim_id: Mapped[int] = mapped_column(index=True)
    snapshot: Mapped[bytes] = mapped_column(LargeBinary)
    digest: Mapped[str]
    first_page: Mapped[int | None]
    """Where its pages begin in a stack of paper, from 1."""
    pages: Mapped[int | None]
    spoiled_at: Mapped[Instant | None]
    """When a person said that its paper was lost or spoiled: it did not leave with this stack."""
    claim: Mapped[ClaimRecord] = relationship(viewonly=True)
