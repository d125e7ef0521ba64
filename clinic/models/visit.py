"""The record: visits with their notes, problems, acts and observations."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from sqlalchemy import Index, Numeric, Text, false, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from clinic.base import Base, Instant, OfPractice, own
from clinic.models.patient import Patient
from clinic.models.practice import Location
from clinic.models.staff import Provider


class Visit(OfPractice, Base):
    """One encounter. ``on`` is the local date of its location: the date of service."""

    __tablename__ = "visit"
    __table_args__ = (
        *own(patient_id="patient", location_id="location", provider_id="provider"),
        Index(None, "practice_id", "on"),
        Index(
            "ix_visit_waiting",
            "practice_id",
            "department",
            "on",
            "created_at",
            "patient_id",
            sqlite_where=text("NOT claimed"),
            postgresql_where=text("NOT claimed"),
        ),
    )

    patient_id: Mapped[int] = mapped_column(index=True)
    location_id: Mapped[int | None]
    provider_id: Mapped[int | None] = mapped_column(index=True)
    on: Mapped[date]
    started_at: Mapped[Instant | None]
    ended_at: Mapped[Instant | None]
    reason: Mapped[str | None]
    department: Mapped[str] = mapped_column(default="medical")
    """``medical`` or ``dental``: who will code it."""
    place_key: Mapped[str | None]
    """Where a foreign system says it happened: the key of its place or organisation there (``ForeignResource.key``)."""
    place_words: Mapped[str | None]
    claimed: Mapped[bool] = mapped_column(default=False, server_default=false())
    """Whether a claim bills it, or it was said that nothing is to be billed: told by who bills."""
    created_at: Mapped[Instant]
    patient: Mapped[Patient] = relationship(viewonly=True)
    location: Mapped[Location | None] = relationship(viewonly=True)
    provider: Mapped[Provider | None] = relationship(viewonly=True)
    notes: Mapped[list[Note]] = relationship(viewonly=True, order_by="Note.id")
    problems: Mapped[list[Problem]] = relationship(viewonly=True, order_by="Problem.id")
    acts: Mapped[list[VisitAct]] = relationship(viewonly=True, order_by="VisitAct.id")
    observations: Mapped[list[Observation]] = relationship(viewonly=True, order_by="Observation.id")


class Note(OfPractice, Base):
    """Words of the record, as written. Never changed: an addition is a further note."""

    __tablename__ = "note"
    __table_args__ = own(visit_id="visit", author_id="staff")

    visit_id: Mapped[int] = mapped_column(index=True)
    section: Mapped[str]
    """``subjective``, ``objective``, ``assessment``, ``plan`` or ``document``."""
    text: Mapped[str] = mapped_column(Text)
    author_id: Mapped[int | None]
    author_name: Mapped[str | None]
    written_at: Mapped[Instant]


class Problem(OfPractice, Base):
    """A condition found or dealt with at a visit."""

    __tablename__ = "problem"
    __table_args__ = own(visit_id="visit", patient_id="patient")

    patient_id: Mapped[int] = mapped_column(index=True)
    visit_id: Mapped[int | None] = mapped_column(index=True)
    system: Mapped[str | None]
    code: Mapped[str | None]
    words: Mapped[str]
    onset: Mapped[date | None]
    status: Mapped[str] = mapped_column(default="active")
    """``active``, ``resolved`` or ``entered-in-error``."""


class VisitAct(OfPractice, Base):
    """Something done at a visit, in the words or codes of whoever did it. No price here."""

    __tablename__ = "visit_act"
    __table_args__ = own(visit_id="visit")

    visit_id: Mapped[int] = mapped_column(index=True)
    system: Mapped[str | None]
    code: Mapped[str | None]
    words: Mapped[str]
    quantity: Mapped[Decimal] = mapped_column(Numeric(10, 3), default=Decimal(1))
    unit: Mapped[str] = mapped_column(default="UN")
    performed_at: Mapped[Instant | None]


class Observation(OfPractice, Base):
    """Something measured or found at a visit."""

    __tablename__ = "observation"
    __table_args__ = own(visit_id="visit")

    visit_id: Mapped[int] = mapped_column(index=True)
    system: Mapped[str | None]
    code: Mapped[str | None]
    words: Mapped[str]
    value: Mapped[str]
    """As text: a number, a code's words, or several joined parts."""
    unit: Mapped[str | None]
    observed_at: Mapped[Instant | None]
