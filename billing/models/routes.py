"""Which way claims go: clearinghouses, what each calls a payer, and who is enrolled with whom."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Mapped, mapped_column, relationship

from clinic.base import Base, OfPractice, own
from clinic.models import Payer, Provider


class Clearinghouse(OfPractice, Base):
    """Who takes the practice's files and carries them to payers; a payer that takes files itself is one too."""

    __tablename__ = "clearinghouse"
    __table_args__ = own(("name",))

    name: Mapped[str]
    """Also the receiver's name (X12 1000B NM103)."""
    submitter_id: Mapped[str]
    """What it calls the practice (ISA06, GS02, 1000A NM109)."""
    receiver_id: Mapped[str]
    """What it calls itself (ISA08, GS03, 1000B NM109)."""
    active: Mapped[bool] = mapped_column(default=True)


class PayerRoute(OfPractice, Base):
    """How claims reach a payer through one clearinghouse."""

    __tablename__ = "payer_route"
    __table_args__ = own(("payer_id", "clearinghouse_id"), payer_id="payer", clearinghouse_id="clearinghouse")

    payer_id: Mapped[int] = mapped_column(index=True)
    clearinghouse_id: Mapped[int]
    payer_number: Mapped[str | None]
    """What this clearinghouse calls the payer, where it differs from the payer's own number."""
    used: Mapped[bool] = mapped_column(default=True)
    """Whether claims go this way; of one payer's routes at most one is."""
    enrols: Mapped[bool] = mapped_column(default=False)
    """Whether the payer takes files only from those it has enrolled."""
    payer: Mapped[Payer] = relationship(viewonly=True)
    clearinghouse: Mapped[Clearinghouse] = relationship(viewonly=True)


class Enrolment(OfPractice, Base):
    """A payer's consent to exchange one kind of file with the practice or one of its providers."""

    __tablename__ = "enrolment"
    __table_args__ = own(payer_id="payer", provider_id="provider")

    payer_id: Mapped[int] = mapped_column(index=True)
    provider_id: Mapped[int | None]
    """None where it holds for the practice and so for all who work there."""
    transaction: Mapped[str]
    """``837p``, ``837d``, ``835``, ``270`` or ``276``."""
    asked_on: Mapped[date | None]
    starts: Mapped[date | None]
    """None while the payer has not answered."""
    ends: Mapped[date | None]
    number: Mapped[str | None]
    """What the payer calls it."""
    payer: Mapped[Payer] = relationship(viewonly=True)
    provider: Mapped[Provider | None] = relationship(viewonly=True)
