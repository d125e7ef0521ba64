"""A span of calendar days."""

from __future__ import annotations

from datetime import date

from clinic.domain.value import Value


class Period(Value, frozen=True):
    """From a day to a day, both included. ``end`` is None while it lasts or where one day is meant."""

    start: date
    end: date | None = None

    @property
    def last(self) -> date:
        """The last day that is known: ``end``, else ``start``."""
        return self.end or self.start
