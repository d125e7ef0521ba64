"""Claims that another system says it made for our visits."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Mapped, mapped_column

from clinic.base import Base, OfPractice, own


class ForeignClaim(OfPractice, Base):
    """What a claim of another system says, so that nobody bills the same again unseen. Its text is kept beside."""

    __tablename__ = "foreign_claim"
    __table_args__ = own(patient_id="patient", visit_id="visit")

    patient_id: Mapped[int] = mapped_column(index=True)
    visit_id: Mapped[int | None] = mapped_column(index=True)
    number: Mapped[str | None]
    """What that system calls it."""
    use: Mapped[str]
    """``claim``, ``preauthorization`` or ``predetermination``."""
    status: Mapped[str]
    """``active``, ``cancelled``, ``draft`` or ``entered-in-error``."""
    created_on: Mapped[date | None]
    starts: Mapped[date | None]
    ends: Mapped[date | None]
    payer_words: Mapped[str | None]
    total_cents: Mapped[int | None]
    currency: Mapped[str | None]
