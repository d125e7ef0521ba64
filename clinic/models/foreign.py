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
