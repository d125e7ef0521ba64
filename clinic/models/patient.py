"""Patients and who pays for them."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from clinic.base import Base, Instant, OfPractice, own
from clinic.models.payer import Payer


class Patient(OfPractice, Base):
    """Someone who is cared for here."""

    __tablename__ = "patient"
    __table_args__ = (
        *own(("chart_number",), merged_into_id="patient"),
        Index(None, "practice_id", "name_key", "birth"),
    )

    chart_number: Mapped[str]
    last: Mapped[str]
    first: Mapped[str | None]
    middle: Mapped[str | None]
    suffix: Mapped[str | None]
    name_key: Mapped[str]
    """Last and first name without accents, case or punctuation: what look-alikes are found by."""
    birth: Mapped[date | None]
    sex: Mapped[str | None]
    street: Mapped[str | None]
    street_2: Mapped[str | None]
    city: Mapped[str | None]
    state: Mapped[str | None]
    postal_code: Mapped[str | None]
    country: Mapped[str | None]
    phone: Mapped[str | None]
    merged_into_id: Mapped[int | None] = mapped_column(index=True)
    """Set while a merge redirects to another patient; a projection of the facts."""
    created_at: Mapped[Instant]
    version: Mapped[int] = mapped_column(default=1)
    coverages: Mapped[list[Coverage]] = relationship(order_by="Coverage.rank", viewonly=True)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012  read once by SQLAlchemy

    @property
    def name(self) -> str:
        """``Last, First M``: as lists show it."""
        rest = " ".join(part for part in (self.first, self.middle) if part)
        suffix = f" {self.suffix}" if self.suffix else ""
        return f"{self.last}{suffix}, {rest}" if rest else f"{self.last}{suffix}"


class Coverage(OfPractice, Base):
    """One payer's promise to the patient: the policy on the card."""

    __tablename__ = "coverage"
    __table_args__ = own(patient_id="patient", payer_id="payer")

    patient_id: Mapped[int] = mapped_column(index=True)
    payer_id: Mapped[int] = mapped_column(index=True)
    rank: Mapped[str]
    """P, S or T: in which order the payers answer."""
    member_id: Mapped[str]
    group_number: Mapped[str | None]
    plan_name: Mapped[str | None]
    filing: Mapped[str]
    """Claim filing indicator (X12 SBR09)."""
    insurance_type: Mapped[str | None]
    relation: Mapped[str] = mapped_column(default="18")
    """Of the patient to the subscriber (X12 PAT01); 18 is self."""
    subscriber_last: Mapped[str | None]
    subscriber_first: Mapped[str | None]
    subscriber_middle: Mapped[str | None]
    subscriber_suffix: Mapped[str | None]
    subscriber_birth: Mapped[date | None]
    subscriber_sex: Mapped[str | None]
    subscriber_street: Mapped[str | None]
    subscriber_city: Mapped[str | None]
    subscriber_state: Mapped[str | None]
    subscriber_postal_code: Mapped[str | None]
    assigns_benefits: Mapped[str] = mapped_column(default="Y")
    release: Mapped[str] = mapped_column(default="Y")
    starts: Mapped[date | None]
    ends: Mapped[date | None]
    payer: Mapped[Payer] = relationship(viewonly=True)
