"""Numbers that never repeat."""

from __future__ import annotations

from sqlalchemy.orm import Mapped

from clinic.base import Base, OfPractice, own


class Counter(OfPractice, Base):
    """The last number given out under a name: chart numbers, claim numbers, X12 control numbers."""

    __tablename__ = "counter"
    __table_args__ = own(("name",))

    name: Mapped[str]
    value: Mapped[int]
