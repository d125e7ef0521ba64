"""The day it is now where the practice is."""

from __future__ import annotations

from datetime import date

from clinic.views.formats import now, zone


def today_here() -> date:
    """The practice's local date."""
    return now().astimezone(zone()).date()
