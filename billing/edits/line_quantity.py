"""A line counts something."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from billing.edits.declare import Fault, at, edit
from billing.edits.example import claim_with, line
from billing.edits.facts import AnyAct
from clinic.domain.quantity import Quantity
from clinic.domain.words import N_


@edit(
    "LIN-02",
    title=N_("Quantity that is not above zero"),
    message=N_("The line bills %(quantity)s units; it must be more than none."),
    severity="block",
    scope="line",
    fields=("acts[].quantity",),
    when="case.counted and line.quantity.value != 1",
    kinds=("professional", "dental"),
    source="005010X222A1 SV104; CMS-1500 box 24G",
    since="2026-11-24",
)
def line_quantity(line: AnyAct) -> Iterator[Fault]:
    """What was not done is not billed.

    What it checks:
        The quantity of each line is above zero.

    Why payers deny:
        A line of nothing is refused, and one below zero cannot be written: a claim is taken back by a void.

    How to fix:
        Enter how often it was done, or delete the line.
    """
    value = line.quantity.value
    if not (value.is_finite() and value > 0):
        yield at(quantity=line.quantity.plain())


FAILS = (
    claim_with(acts=(line(quantity=Quantity(Decimal(0))),)),
    claim_with(acts=(line(quantity=Quantity(Decimal("NaN"))),)),
)
PASSES = (claim_with(acts=(line(quantity=Quantity(Decimal("0.5"))),)),)
