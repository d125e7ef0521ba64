"""A line of several days bills one visit a day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from billing.edits.declare import Fault, at, edit
from billing.edits.example import claim_with, line
from billing.edits.facts import AnyAct
from clinic.domain.period import Period
from clinic.domain.quantity import Quantity
from clinic.domain.words import N_


@edit(
    "LIN-06",
    title=N_("Visits of several days that are not counted by day"),
    message=N_("The line covers %(days)s days and bills %(units)s visits of %(code)s."),
    severity="warn",
    scope="line",
    fields=("acts[].quantity",),
    when=(
        'line.service.end is not None and line.service.end > line.service.start and "99202" <= '
        'line.code.value <= "99350"'
    ),
    source="Medicare Claims Processing Manual, chapter 26, section 10.4, items 24A and 24G",
    since="2026-11-25",
)
def line_days(line: AnyAct) -> Iterator[Fault]:
    """A line of several days bills one visit a day.

    What it checks:
        A visit (99202 to 99350) on a line from one day to another has as many units as days.

    Why payers deny:
        The payer cannot tell on which of the days there was a visit, and sends the line back, or pays one.

    How to fix:
        Bill each visit on a line of its own with its day. Where they followed each other day by day, enter the
        number of days as units.
    """
    code, service = line.code.value, line.service
    if len(code) == 5 and "99202" <= code <= "99350" and service.end is not None and service.end > service.start:
        days = (service.end - service.start).days + 1
        if line.quantity.value != days and line.quantity.unit == "UN":
            yield at(code=code, days=days, units=line.quantity.plain())


FAILS = (claim_with(acts=(line(service=Period(date(2026, 3, 2), date(2026, 3, 5))),)),)
PASSES = (
    claim_with(acts=(line(service=Period(date(2026, 3, 2), date(2026, 3, 4)), quantity=Quantity(Decimal(3))),)),
    claim_with(acts=(line(code="99490", service=Period(date(2026, 2, 1), date(2026, 2, 28))),)),
)
