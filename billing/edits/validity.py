"""Why a complete list that covers the day does not have a code: never, no more, or not yet."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Literal

from billing.edits.facts import Facts
from clinic.domain.code import Code

Standing = Literal["never", "over", "coming"]

_DAYS_AWAY = (1, 31, 92, 183, 366, 731)
"""How far away it is looked for. Lists come by the quarter or the year; what is further away is of no help."""


def standing(facts: Facts, code: Code, day: date) -> Standing:
    """How a code that is unknown on a day stands around it."""
    for away in _DAYS_AWAY:
        if _bills(facts, code, day - timedelta(days=away)):
            return "over"
    for away in _DAYS_AWAY:
        if _bills(facts, code, day + timedelta(days=away)):
            return "coming"
    return "never"


def _bills(facts: Facts, code: Code, day: date) -> bool:
    return facts.status(code, day).state == "billable"
