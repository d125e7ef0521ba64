"""Printers, as far as paper and labels have to know them."""

from __future__ import annotations

from sqlalchemy.orm import Mapped, mapped_column

from clinic.base import Base, OfPractice, own


class Printer(OfPractice, Base):
    """Where forms come out, and how far off its paper lies."""

    __tablename__ = "printer"
    __table_args__ = own(("name",), location_id="location")

    name: Mapped[str]
    offset_x: Mapped[int] = mapped_column(default=0)
    """Tenths of a millimetre, to the right."""
    offset_y: Mapped[int] = mapped_column(default=0)
    """Tenths of a millimetre, down."""
    face_up: Mapped[bool] = mapped_column(default=False)
    """Sheets come out face up, the first lowest: a stack is printed from its last page to its first."""
    kind: Mapped[str] = mapped_column(default="paper", server_default="paper")
    """``paper``: forms, by the browser. Labels: ``raw`` (ZPL to TCP 9100), ``cups`` (PDF to a queue), ``download``."""
    location_id: Mapped[int | None]
    address: Mapped[str | None]
    """``host:port``, or the queue's name."""
    stock: Mapped[str | None]
    """Which labels are in it: a key of ``lab.documents.stock``."""
    dpi: Mapped[int | None]
