"""What follows a rejected specimen: who was told, when, and what they said."""

from __future__ import annotations

from sqlalchemy.orm import Mapped, mapped_column

from clinic.base import Base, Instant, OfPractice, own


class Contact(OfPractice, Base):
    """One attempt to reach the patient or the clinician about a new specimen."""

    __tablename__ = "lab_contact"
    __table_args__ = own(specimen_id="specimen", staff_id="staff")

    specimen_id: Mapped[int] = mapped_column(index=True)
    """The rejected one."""
    whom: Mapped[str]
    """``patient``, ``clinician`` or ``laboratory``."""
    way: Mapped[str]
    """``phone``, ``message``, ``in person``."""
    outcome: Mapped[str]
    """``reached``, ``no answer``, ``left word``, ``declines``."""
    words: Mapped[str | None]
    at: Mapped[Instant]
    staff_id: Mapped[int | None]
