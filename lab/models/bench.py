"""What stands at the bench: devices, places to put things, and who may take a shared screen over."""

from __future__ import annotations

from sqlalchemy.orm import Mapped, mapped_column

from clinic.base import Base, Instant, OfPractice, own


class Device(OfPractice, Base):
    """A centrifuge, an incubator, a reader."""

    __tablename__ = "device"
    __table_args__ = own(("name",), ("card",), location_id="location")

    name: Mapped[str]
    kind: Mapped[str]
    """``centrifuge``, ``incubator``, ``reader``."""
    card: Mapped[str]
    """What its scan card says."""
    location_id: Mapped[int]
    radius_mm: Mapped[int | None]
    """Of the rotor, from its axis to the bottom of a tube."""
    active: Mapped[bool] = mapped_column(default=True)


class StoragePlace(OfPractice, Base):
    """A rack, a refrigerator, a freezer, an ice bath: it has a label too."""

    __tablename__ = "storage_place"
    __table_args__ = own(("name",), ("card",), location_id="location")

    name: Mapped[str]
    condition: Mapped[str]
    """``room``, ``refrigerated``, ``frozen`` or ``on_ice``."""
    card: Mapped[str]
    location_id: Mapped[int]
    active: Mapped[bool] = mapped_column(default=True)


class Badge(OfPractice, Base):
    """What someone scans to take a shared bench over, and the PIN that goes with it."""

    __tablename__ = "badge"
    __table_args__ = own(("staff_id",), ("code",), staff_id="staff")

    staff_id: Mapped[int]
    code: Mapped[str]
    pin_hash: Mapped[str]
    failures: Mapped[int] = mapped_column(default=0)
    """Wrong PINs since the last right one."""
    locked_until: Mapped[Instant | None]
