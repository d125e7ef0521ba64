"""Times as resources give them: instants with their offset, days, and dates that are not full."""

from __future__ import annotations

import re
from datetime import date, datetime

from clinic.domain.value import Value
from clinic.fhir.node import Node

_FULL = re.compile(r"(\d{4}-\d{2}-\d{2})(T\d{2}:\d{2}.*)?\Z", re.ASCII)
_FRACTION = re.compile(r"(\.\d{6})\d+")


class Moment(Value, frozen=True):
    """When: the day as it is written, and the instant where a time and its offset are given."""

    day: date
    at: datetime | None = None


def read_moment(node: Node | None) -> Moment | None:
    """A date, dateTime or instant; None where it is absent or says no full day (``2014``, ``2014-08``).

    Raises:
        Refused: this is not text, or no date there is.
    """
    if node is None:
        return None
    found = _FULL.match(node.text())
    if not found:
        return None
    day = node.day()
    if found[2] is None:
        return Moment(day)
    try:
        at = datetime.fromisoformat(_FRACTION.sub(r"\1", node.text()))
    except ValueError:
        return Moment(day)
    # At the ends of the calendar an instant has no day in another zone.
    return Moment(day, at if at.tzinfo and 1 < at.year < 9999 else None)


def read_span(holder: Node, *names: str) -> tuple[Moment | None, Moment | None]:
    """Start and end of the first of the elements that is there: a period, or a single time that is both ends."""
    for name in names:
        node = holder.get(name)
        if node is None:
            continue
        if isinstance(node.value, dict):
            return read_moment(node.get("start")), read_moment(node.get("end"))
        return read_moment(node), None
    return None, None
