"""The charge list: what the practice does, in its own words, and what it asks for it."""

from __future__ import annotations

from sqlalchemy.orm import Mapped, mapped_column, relationship

from clinic.base import Base, OfPractice, own


class Charge(OfPractice, Base):
    """One row of the charge list."""

    __tablename__ = "charge"
    __table_args__ = own(("system", "code"))

    system: Mapped[str]
    code: Mapped[str]
    words: Mapped[str]
    """The practice's own words, never a licensed descriptor."""
    price_cents: Mapped[int]
    currency: Mapped[str] = mapped_column(default="USD")
    active: Mapped[bool] = mapped_column(default=True)
    prices: Mapped[list[ChargePrice]] = relationship(viewonly=True)


class ChargePrice(OfPractice, Base):
    """Another price for one payer."""

    __tablename__ = "charge_price"
    __table_args__ = own(("charge_id", "payer_id"), charge_id="charge", payer_id="payer")

    charge_id: Mapped[int] = mapped_column(index=True)
    payer_id: Mapped[int]
    price_cents: Mapped[int]
