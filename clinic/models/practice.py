"""The practice and the places where it works."""

from __future__ import annotations

from sqlalchemy import JSON
from sqlalchemy.orm import Mapped, mapped_column

from clinic.base import Base, Instant, OfPractice, own


class Practice(Base):
    """One practice: the name and numbers under which it bills."""

    __tablename__ = "practice"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    npi: Mapped[str | None]
    tax_system: Mapped[str] = mapped_column(default="ein")
    """``ein`` or ``ssn``."""
    tax_id: Mapped[str | None]
    taxonomy: Mapped[str | None]
    street: Mapped[str] = mapped_column(default="")
    street_2: Mapped[str | None]
    city: Mapped[str] = mapped_column(default="")
    state: Mapped[str | None]
    postal_code: Mapped[str | None]
    pay_to_street: Mapped[str | None]
    pay_to_city: Mapped[str | None]
    pay_to_state: Mapped[str | None]
    pay_to_postal_code: Mapped[str | None]
    contact_name: Mapped[str | None]
    phone: Mapped[str | None]
    steps: Mapped[list[str]] = mapped_column(JSON, default=lambda: ["review", "sign"])
    """Acts (``review``, ``sign``) that a claim must have had before it leaves."""
    four_eyes: Mapped[list[str]] = mapped_column(JSON, default=list)
    """Acts (``review``, ``sign``) that need a second person."""
    own_edits: Mapped[int] = mapped_column(default=0, server_default="0")
    """Raised whenever an edit of the practice's own goes on or off, so that who keeps them knows."""
    payer_profiles: Mapped[int] = mapped_column(default=0, server_default="0")
    """Raised whenever a payer profile of the practice's own, or a number by which a payer is known, is another."""
    demo: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[Instant]


class Location(OfPractice, Base):
    """A place of care. Its local date is the date of service."""

    __tablename__ = "location"
    __table_args__ = own(("name",))

    name: Mapped[str]
    npi: Mapped[str | None]
    street: Mapped[str]
    street_2: Mapped[str | None]
    city: Mapped[str]
    state: Mapped[str | None]
    postal_code: Mapped[str | None]
    place_of_service: Mapped[str]
    clia: Mapped[str | None]
    clia_kind: Mapped[str | None]
    """Of the CLIA certificate: ``waived``, ``ppm`` or ``full`` (compliance, accreditation); None without one."""
    time_zone: Mapped[str]
    active: Mapped[bool] = mapped_column(default=True)
