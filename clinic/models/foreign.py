"""What other systems sent, kept as it came, and what we made of it."""

from __future__ import annotations

from sqlalchemy import LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from clinic.base import Base, Instant, OfPractice, own


class ForeignResource(OfPractice, Base):
    """A FHIR resource from elsewhere: its key there, its bytes, and our row if we have one."""

    __tablename__ = "foreign_resource"
    __table_args__ = own(("type", "key"))

    type: Mapped[str]
    key: Mapped[str]
    """``system|value`` of its business identifier, else its full URL: what the same thing is known by again."""
    sha256: Mapped[str]
    body: Mapped[bytes] = mapped_column(LargeBinary)
    thing: Mapped[str | None]
    thing_id: Mapped[int | None] = mapped_column(index=True)
    received_at: Mapped[Instant]


class Import(OfPractice, Base):
    """One file taken in: what came of it."""

    __tablename__ = "import"
    __table_args__ = own(actor_id="staff")

    sha256: Mapped[str] = mapped_column(index=True)
    actor_id: Mapped[int | None]
    at: Mapped[Instant]
    created: Mapped[int]
    updated: Mapped[int]
    unchanged: Mapped[int]
    refused: Mapped[int]


class Mapping(OfPractice, Base):
    """What something of another system is here: decided once, remembered."""

    __tablename__ = "mapping"
    __table_args__ = own(
        ("kind", "key"),
        provider_id="provider",
        location_id="location",
        payer_id="payer",
        charge_id="charge",
        decided_by_id="staff",
    )

    kind: Mapped[str]
    """``practitioner``, ``place``, ``payer``, ``act`` or ``problem``."""
    key: Mapped[str]
    """What it is known by there: ``ForeignResource.key``, or ``system|code``."""
    words: Mapped[str]
    """As that system calls it."""
    provider_id: Mapped[int | None]
    location_id: Mapped[int | None]
    payer_id: Mapped[int | None]
    charge_id: Mapped[int | None]
    system: Mapped[str | None]
    """The code's system, where a problem is mapped."""
    code: Mapped[str | None]
    not_ours: Mapped[bool] = mapped_column(default=False)
    """True where it was decided that it is nothing of ours: an act that is not billed, a stranger."""
    decided_by_id: Mapped[int | None]
    decided_at: Mapped[Instant]
