"""Payer profiles that the practice has given itself."""

from __future__ import annotations

from typing import Any

from sqlalchemy import JSON
from sqlalchemy.orm import Mapped, mapped_column

from clinic.base import Base, OfPractice, own


class OwnPayerProfile(OfPractice, Base):
    """One profile of the practice, as it stands; what it was is in its facts."""

    __tablename__ = "payer_profile"
    __table_args__ = own(("name",))

    name: Mapped[str]
    """That of the last wording."""
    standing: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    """The ``billing.payers.OwnProfile`` by which claims are judged; None where the built-in one answers."""
    proposed: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    """A wording that has not been put on; None where there is none."""
    version: Mapped[int]
    """Raised with every wording."""
    tried: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    """What the proposed wording would change: ``billing.services.try_payer_profile.Tried``."""
