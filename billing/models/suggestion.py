"""What a practice's coders made of suggestions: a projection of the facts of its claims, and of what was forgotten."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from billing.coding.grounds import LONGEST_KEY
from clinic.base import Base, Instant, OfPractice, own


class SuggestionMemory(OfPractice, Base):
    """How often one code was chosen where some words had another, or the same, suggested. No patient in it."""

    __tablename__ = "suggestion_memory"
    __table_args__ = (
        *own(),
        UniqueConstraint(
            "practice_id", "system", "suggested", "words", "chosen_system", "chosen", name="uq_suggestion_memory_choice"
        ),
        Index(None, "practice_id", "times"),
    )

    system: Mapped[str]
    """Of the suggested code."""
    suggested: Mapped[str]
    words: Mapped[str] = mapped_column(String(LONGEST_KEY))
    """Known words of the term in their common form."""
    chosen_system: Mapped[str]
    """Empty where it was refused."""
    chosen: Mapped[str]
    """Empty where it was refused."""
    times: Mapped[int]
    """On how many claims, what was taken back or forgotten left out; 0 shows nowhere."""
    last_on: Mapped[date]
    """The day (UTC) it was last chosen so."""
    forgotten_at: Mapped[Instant | None]
    """Until when nothing counts any more."""
