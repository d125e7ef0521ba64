"""Cases of a dental technician: projections of their facts."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import JSON
from sqlalchemy.orm import Mapped, mapped_column

from clinic.base import Base, Instant, OfPractice, own


class DentalCase(OfPractice, Base):
    """A crown, bridge, denture or guard made outside, from impression or scan to its seating."""

    __tablename__ = "dental_case"
    __table_args__ = own(
        ("number",),
        patient_id="patient",
        visit_id="visit",
        seat_visit_id="visit",
        provider_id="provider",
        laboratory_id="laboratory",
        remakes_id="dental_case",
    )

    number: Mapped[str]
    patient_id: Mapped[int] = mapped_column(index=True)
    visit_id: Mapped[int | None]
    seat_visit_id: Mapped[int | None]
    provider_id: Mapped[int | None]
    laboratory_id: Mapped[int]
    state: Mapped[str] = mapped_column(index=True)
    """``draft``, ``sent``, ``try_in``, ``returned``, ``received``, ``seated``, ``remade``, ``cancelled``."""
    due_on: Mapped[date]
    """When it must be back: before the visit at which it is seated."""
    seat_on: Mapped[date | None]
    remakes_id: Mapped[int | None]
    standing: Mapped[dict[str, Any]] = mapped_column(JSON)
    """Teeth, shade, material, impression or scan, disinfection, try-ins, as ``lab.domain.dental_case`` folds them."""
    sequence: Mapped[int]
    created_at: Mapped[Instant]
    changed_at: Mapped[Instant]
