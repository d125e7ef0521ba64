"""Results: entered here, come from elsewhere, or waiting to be matched."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import JSON, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from clinic.base import Base, Instant, OfPractice, own
from lab.models.order import OrderLine


class LabResult(OfPractice, Base):
    """One report of one ordered test. A correction is a further report; the last one counts."""

    __tablename__ = "lab_result"
    __table_args__ = (
        *own(
            ("line_id", "version"),
            line_id="order_line",
            patient_id="patient",
            specimen_id="specimen",
            kit_lot_id="kit_lot",
            performed_by="staff",
            reviewed_by="staff",
        ),
        Index(None, "practice_id", "reviewed_at", "critical"),
    )

    line_id: Mapped[int] = mapped_column(index=True)
    patient_id: Mapped[int] = mapped_column(index=True)
    specimen_id: Mapped[int | None]
    version: Mapped[int]
    """From 1; each further one corrects the one before."""
    status: Mapped[str]
    """``preliminary``, ``final`` or ``corrected``."""
    in_house: Mapped[bool]
    values: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    """``lab.domain.results.Measured`` rows: analyte, value, unit, range, flag."""
    critical: Mapped[bool] = mapped_column(default=False)
    told_at: Mapped[Instant | None]
    """When a critical value was told to someone."""
    told: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    """To whom, by whom, read back or not."""
    kit_lot_id: Mapped[int | None]
    performed_by: Mapped[int | None]
    performed_at: Mapped[Instant]
    reported_at: Mapped[Instant]
    reviewed_at: Mapped[Instant | None]
    reviewed_by: Mapped[int | None]
    patient_told_at: Mapped[Instant | None]
    reason: Mapped[str | None]
    """Why it was corrected."""
    source: Mapped[str]
    """``bench``, ``fhir``, ``hl7v2`` or ``replay``."""
    line: Mapped[OrderLine] = relationship(viewonly=True)


class IncomingResult(OfPractice, Base):
    """A result that came from elsewhere and belongs to no order yet."""

    __tablename__ = "incoming_result"
    __table_args__ = own(("sender", "control"), patient_id="patient", result_id="lab_result")

    sender: Mapped[str]
    control: Mapped[str]
    """What the sender calls the message: taken once."""
    kind: Mapped[str]
    """``fhir`` or ``hl7v2``."""
    raw: Mapped[str]
    read: Mapped[dict[str, Any]] = mapped_column(JSON)
    """What was understood of it: a ``lab.domain.incoming.Report``."""
    state: Mapped[str] = mapped_column(index=True)
    """``unmatched``, ``matched`` or ``set_aside``."""
    patient_id: Mapped[int | None]
    result_id: Mapped[int | None]
    reason: Mapped[str | None]
    received_at: Mapped[Instant]


class KitLot(OfPractice, Base):
    """A lot of a test kit, strip or reagent, open at the bench."""

    __tablename__ = "kit_lot"
    __table_args__ = own(("test_key", "lot"))

    test_key: Mapped[str] = mapped_column(index=True)
    kit: Mapped[str]
    lot: Mapped[str]
    expires_on: Mapped[date]
    opened_on: Mapped[date | None]
    control_every: Mapped[str] = mapped_column(default="lot")
    """When a control is due before patients: ``lot``, ``day``, ``week``, ``month``."""
    active: Mapped[bool] = mapped_column(default=True)


class ControlRun(OfPractice, Base):
    """A control run on a lot before patients."""

    __tablename__ = "control_run"
    __table_args__ = own(kit_lot_id="kit_lot", staff_id="staff")

    kit_lot_id: Mapped[int] = mapped_column(index=True)
    level: Mapped[str]
    """``positive``, ``negative``, ``low``, ``high``."""
    value: Mapped[str]
    passed: Mapped[bool]
    run_at: Mapped[Instant]
    staff_id: Mapped[int | None]


class Qualification(OfPractice, Base):
    """That someone was shown to be able to run a test, and until when that holds."""

    __tablename__ = "qualification"
    __table_args__ = own(("staff_id", "test_key"), staff_id="staff")

    staff_id: Mapped[int] = mapped_column(index=True)
    test_key: Mapped[str]
    since: Mapped[date]
    until: Mapped[date | None]
