"""Edits that the practice has written itself."""

from __future__ import annotations

from typing import Any

from sqlalchemy import JSON
from sqlalchemy.orm import Mapped, mapped_column

from clinic.base import Base, OfPractice, own


class OwnEdit(OfPractice, Base):
    """One edit of the practice, as it stands; what it was is in its facts."""

    __tablename__ = "own_edit"
    __table_args__ = own(("number",))

    number: Mapped[int]
    """Of its code: 1 is OWN-01. Never given again."""
    rule: Mapped[dict[str, Any]] = mapped_column(JSON)
    """The ``billing.edits.own.Rule``."""
    version: Mapped[int]
    """Raised with every change of the rule."""
    active: Mapped[bool] = mapped_column(default=False)
    """Whether claims are judged by it."""
    tried: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    """What this version would have said of claims that left: ``billing.services.try_own_edit.Tried``."""
