"""Orders and their lines: projections of the order's facts."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import JSON, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from clinic.base import Base, Instant, OfPractice, own
from clinic.models import Location, Patient, Provider, Visit


class LabOrder(OfPractice, Base):
    """What a provider asks for a patient at one time: one requisition, a line a test."""

    __tablename__ = "lab_order"
    __table_args__ = own(
        ("number",), patient_id="patient", visit_id="visit", provider_id="provider", location_id="location"
    )

    number: Mapped[str]
    patient_id: Mapped[int] = mapped_column(index=True)
    visit_id: Mapped[int | None] = mapped_column(index=True)
    provider_id: Mapped[int | None]
    location_id: Mapped[int]
    """Where it is collected: its certificate says what may be run in house."""
    ordered_on: Mapped[date]
    planned_on: Mapped[date | None]
    """The day it is to be collected, where that is not today; never taken for the collection."""
    priority: Mapped[str] = mapped_column(default="routine")
    """``routine``, ``urgent`` or ``stat``."""
    state: Mapped[str]
    """``draft``, ``signed`` or ``cancelled``: the lines have axes of their own."""
    pediatric: Mapped[bool] = mapped_column(default=False)
    sequence: Mapped[int]
    created_at: Mapped[Instant]
    changed_at: Mapped[Instant]
    patient: Mapped[Patient] = relationship(viewonly=True)
    visit: Mapped[Visit | None] = relationship(viewonly=True)
    provider: Mapped[Provider | None] = relationship(viewonly=True)
    location: Mapped[Location] = relationship(viewonly=True)
    lines: Mapped[list[OrderLine]] = relationship(viewonly=True, order_by="OrderLine.position")


class OrderLine(OfPractice, Base):
    """One test that was ordered: an axis of its own."""

    __tablename__ = "order_line"
    __table_args__ = (
        *own(("order_id", "position"), order_id="lab_order", laboratory_id="laboratory"),
        Index(None, "practice_id", "state", "changed_at"),
    )

    order_id: Mapped[int] = mapped_column(index=True)
    position: Mapped[int]
    test_key: Mapped[str] = mapped_column(index=True)
    in_house: Mapped[bool]
    laboratory_id: Mapped[int | None]
    """Who runs it, None in house."""
    state: Mapped[str]
    """``draft``, ``held``, ``active``, ``preliminary``, ``final``, ``corrected``, ``reviewed``, ``told``,
    ``cancelled``."""
    held_for: Mapped[list[str]] = mapped_column(JSON, default=list)
    """What is missing: ``diagnosis``, ``answer:<question>``, ``signature``, ``clia``, ``fasting`` …"""
    diagnoses: Mapped[list[str]] = mapped_column(JSON, default=list)
    """ICD-10-CM, without points."""
    reason: Mapped[str | None]
    answers: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)
    sent_on: Mapped[date | None]
    """The day its specimen left, for what is not back yet."""
    due_on: Mapped[date | None]
    """When its result is expected."""
    resulted_at: Mapped[Instant | None]
    changed_at: Mapped[Instant]
    facts: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    """The test as the catalogue had it when it was ordered."""
    notice: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    """The notice that the patient may have to pay (``lab.domain.order_notice.Notice``), None where none was printed."""
    order: Mapped[LabOrder] = relationship(viewonly=True)
