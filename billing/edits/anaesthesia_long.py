"""A day has 1440 minutes."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from billing.edits.declare import Fault, at, edit
from billing.edits.example import claim_with, line
from billing.edits.facts import AnyAct
from clinic.domain.quantity import Quantity
from clinic.domain.words import N_

_DAY = 1440


@edit(
    "ANE-03",
    title=N_("More than a day of anaesthesia"),
    message=N_("%(minutes)s minutes are more than the %(days)s days of the line have."),
    severity="block",
    scope="line",
    fields=("acts[].quantity",),
    when='line.quantity.unit == "MJ" and line.quantity.value.is_finite() and line.quantity.value > 1440',
    source="005010X222A1 SV104; Medicare Claims Processing Manual, chapter 12, section 50",
    since="2026-11-25",
)
def anaesthesia_long(line: AnyAct) -> Iterator[Fault]:
    """A day has 1440 minutes.

    What it checks:
        A line in minutes has no more of them than its days have.

    Why payers deny:
        The line says what cannot be. It is returned, or paid back after an audit.

    How to fix:
        Correct the minutes. Seconds and clock times are slips that are seen often.
    """
    value = line.quantity.value
    if line.quantity.unit == "MJ" and value.is_finite():
        days = max((line.service.last - line.service.start).days, 0) + 1
        if value > _DAY * days:
            yield at(minutes=line.quantity.plain(), days=days)


FAILS = (claim_with(acts=(line(code="00400", modifiers=("AA",), quantity=Quantity(Decimal(4500), "MJ")),)),)
PASSES = (claim_with(acts=(line(code="00400", modifiers=("AA",), quantity=Quantity(Decimal(1440), "MJ")),)),)
