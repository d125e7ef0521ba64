"""Those who pay."""

from __future__ import annotations

from sqlalchemy.orm import Mapped, mapped_column

from clinic.base import Base, OfPractice, own


class Payer(OfPractice, Base):
    """An insurer, a public programme, an employer's plan."""

    __tablename__ = "payer"
    __table_args__ = own(("name",))

    name: Mapped[str]
    payer_system: Mapped[str] = mapped_column(default="payer")
    """``payer`` (NM1*PR PI) or ``hpid`` (XV)."""
    payer_number: Mapped[str | None]
    filing: Mapped[str] = mapped_column(default="CI")
    """The claim filing indicator a new policy starts with."""
    street: Mapped[str | None]
    street_2: Mapped[str | None]
    city: Mapped[str | None]
    state: Mapped[str | None]
    postal_code: Mapped[str | None]
    phone: Mapped[str | None]
    active: Mapped[bool] = mapped_column(default=True)
