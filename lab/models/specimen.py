"""Containers: projections of their facts (law 2)."""

from __future__ import annotations

from typing import Any

from sqlalchemy import JSON, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from clinic.base import Base, Instant, OfPractice, own
from clinic.models import Patient


class Specimen(OfPractice, Base):
    """One container: a tube, cup, jar, slide, or an aliquot poured off one."""

    __tablename__ = "specimen"
    __table_args__ = (
        *own(
            ("number",),
            patient_id="patient",
            visit_id="visit",
            order_id="lab_order",
            location_id="location",
            parent_id="specimen",
            place_id="storage_place",
            package_id="package",
        ),
        # what the bench looks for: the containers in hand, nearest limit first
        Index("ix_specimen_due", "practice_id", "state", "location_id", "due_at"),
    )

    number: Mapped[str]
    patient_id: Mapped[int] = mapped_column(index=True)
    visit_id: Mapped[int | None] = mapped_column(index=True)
    order_id: Mapped[int | None] = mapped_column(index=True)
    location_id: Mapped[int] = mapped_column()
    """Where it is handled."""
    parent_id: Mapped[int | None] = mapped_column(index=True)
    recollects_id: Mapped[int | None] = mapped_column(index=True)
    set_number: Mapped[str | None]
    holder: Mapped[str]
    cap: Mapped[str]
    state: Mapped[str]
    """``lab.domain.container``'s state."""
    labeled: Mapped[bool] = mapped_column(default=False)
    collected_at: Mapped[Instant | None]
    condition: Mapped[str | None]
    place_id: Mapped[int | None]
    package_id: Mapped[int | None] = mapped_column(index=True)
    remaining_ul: Mapped[int | None]
    step: Mapped[str | None]
    """What is to be done next, None where nothing is."""
    running: Mapped[bool] = mapped_column(default=False)
    """That step is under way."""
    ready_at: Mapped[Instant | None]
    """Not before this (clotted, spun, read)."""
    due_at: Mapped[Instant | None]
    """Not after this."""
    use_by_at: Mapped[Instant | None]
    """The earliest of the tests it still has to serve."""
    standing: Mapped[dict[str, Any]] = mapped_column(JSON)
    """The ``lab.domain.container.Container``."""
    sequence: Mapped[int]
    created_at: Mapped[Instant]
    changed_at: Mapped[Instant]
    patient: Mapped[Patient] = relationship(viewonly=True)
    tests: Mapped[list[SpecimenTest]] = relationship(viewonly=True, order_by="SpecimenTest.id")


class SpecimenTest(OfPractice, Base):
    """Which tests a container serves, and until when."""

    __tablename__ = "specimen_test"
    __table_args__ = own(("specimen_id", "test_key"), specimen_id="specimen", line_id="order_line")

    specimen_id: Mapped[int] = mapped_column(index=True)
    line_id: Mapped[int | None] = mapped_column(index=True)
    test_key: Mapped[str]
    use_by_at: Mapped[Instant | None]
    specimen: Mapped[Specimen] = relationship(viewonly=True)
