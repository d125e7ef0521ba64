"""The dental side: what is told of specimens from the mouth with their images, and cases of dental laboratories."""

from __future__ import annotations

from typing import Any

from sqlalchemy import JSON, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from clinic.base import Base, Instant, OfPractice, own
from clinic.models import Location, Patient, Provider
from lab.models.catalogue import Laboratory


class BiopsyRecord(OfPractice, Base):
    """What is told of the specimen of one line of an order: a projection of its facts."""

    __tablename__ = "biopsy"
    __table_args__ = own(("line_id",), line_id="order_line", order_id="lab_order", patient_id="patient")

    line_id: Mapped[int]
    order_id: Mapped[int] = mapped_column(index=True)
    patient_id: Mapped[int] = mapped_column(index=True)
    site: Mapped[str]
    standing: Mapped[dict[str, Any]] = mapped_column(JSON)
    """The ``lab.domain.biopsy_story.Biopsy``."""
    sequence: Mapped[int]
    created_at: Mapped[Instant]
    changed_at: Mapped[Instant]
    images: Mapped[list[BiopsyImage]] = relationship(viewonly=True, order_by="BiopsyImage.id")


class BiopsyImage(OfPractice, Base):
    """An image of a specimen's site. The file lies in the instance folder under its digest."""

    __tablename__ = "biopsy_image"
    __table_args__ = own(biopsy_id="biopsy", patient_id="patient")

    biopsy_id: Mapped[int] = mapped_column(index=True)
    patient_id: Mapped[int]
    digest: Mapped[str] = mapped_column(index=True)
    kind: Mapped[str]
    """``png`` or ``jpeg``."""
    caption: Mapped[str | None]
    shown: Mapped[bool] = mapped_column(default=True)
    """False once it was taken off."""
    added_at: Mapped[Instant]


class DentalCase(OfPractice, Base):
    """Work that a dental laboratory makes for a patient: a projection of its facts."""

    __tablename__ = "dental_case"
    __table_args__ = (
        *own(
            ("number",),
            patient_id="patient",
            provider_id="provider",
            location_id="location",
            laboratory_id="laboratory",
            remakes_id="dental_case",
        ),
        Index("ix_dental_case_due", "practice_id", "state", "due_at"),
    )

    number: Mapped[str]
    patient_id: Mapped[int] = mapped_column(index=True)
    provider_id: Mapped[int | None]
    location_id: Mapped[int]
    laboratory_id: Mapped[int]
    state: Mapped[str]
    """``lab.domain.dental_case_story``'s state."""
    due_at: Mapped[Instant | None]
    """The end of the day that counts now, by the clock of the place."""
    remakes_id: Mapped[int | None] = mapped_column(index=True)
    standing: Mapped[dict[str, Any]] = mapped_column(JSON)
    """The ``lab.domain.dental_case_story.Case``."""
    sequence: Mapped[int]
    created_at: Mapped[Instant]
    changed_at: Mapped[Instant]
    patient: Mapped[Patient] = relationship(viewonly=True)
    provider: Mapped[Provider | None] = relationship(viewonly=True)
    location: Mapped[Location] = relationship(viewonly=True)
    laboratory: Mapped[Laboratory] = relationship(viewonly=True)
