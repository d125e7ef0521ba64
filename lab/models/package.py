"""Packages to laboratories: projections of their facts."""

from __future__ import annotations

from typing import Any

from sqlalchemy import JSON
from sqlalchemy.orm import Mapped, mapped_column, relationship

from clinic.base import Base, Instant, OfPractice, own
from lab.models.catalogue import Laboratory


class Package(OfPractice, Base):
    """A box on its way to a laboratory: an axis of its own."""

    __tablename__ = "package"
    __table_args__ = own(("number",), laboratory_id="laboratory", location_id="location")

    number: Mapped[str]
    laboratory_id: Mapped[int]
    location_id: Mapped[int]
    state: Mapped[str] = mapped_column(index=True)
    """``open``, ``sealed``, ``handed_over``, ``delivered``, ``reconciled``, ``lost``."""
    condition: Mapped[str] = mapped_column(default="room")
    """What it is kept at on the way: ``room``, ``refrigerated``, ``frozen``."""
    standing: Mapped[dict[str, Any]] = mapped_column(JSON)
    """Checklist, seal, courier, temperature, receipts, as ``lab.domain.package_story`` folds them."""
    sealed_at: Mapped[Instant | None]
    handed_over_at: Mapped[Instant | None]
    cutoff_at: Mapped[Instant | None]
    """When the courier comes for it."""
    sequence: Mapped[int]
    created_at: Mapped[Instant]
    changed_at: Mapped[Instant]
    laboratory: Mapped[Laboratory] = relationship(viewonly=True)


class PackageItem(OfPractice, Base):
    """A container that was put into a package, and what the other side said of it."""

    __tablename__ = "package_item"
    __table_args__ = own(("package_id", "specimen_id"), package_id="package", specimen_id="specimen")

    package_id: Mapped[int] = mapped_column(index=True)
    specimen_id: Mapped[int] = mapped_column(index=True)
    receipt: Mapped[str | None]
    """``good``, ``damaged``, ``leaked``, ``missing``, ``rejected``; None until they say."""
    received_at: Mapped[Instant | None]


class PackerTraining(OfPractice, Base):
    """Who was trained to pack biological substances (UN3373), and until when that holds."""

    __tablename__ = "packer_training"
    __table_args__ = own(("staff_id",), staff_id="staff")

    staff_id: Mapped[int]
    trained_at: Mapped[Instant]
    valid_until: Mapped[Instant | None]
