"""A quantity has eight digits."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from billing.edits.declare import Fault, at, edit
from billing.edits.example import claim_with, line
from billing.edits.facts import AnyAct
from clinic.domain.quantity import Quantity
from clinic.domain.words import N_


@edit(
    "LIN-05",
    title=N_("Quantity that the file cannot carry"),
    message=N_("%(quantity)s has more digits than the file takes: eight, three of them after the point."),
    severity="block",
    scope="line",
    fields=("acts[].quantity",),
    when=(
        "case.counted and line.quantity.value != 1 and line.quantity.value.is_finite() and "
        "(line.quantity.value % 1 != 0 or line.quantity.value > 99999999)"
    ),
    kinds=("professional", "dental"),
    source="005010X222A1 SV104: eight digits, at most three of them decimals",
    since="2026-11-25",
)
def line_precision(line: AnyAct) -> Iterator[Fault]:
    """A quantity has eight digits.

    What it checks:
        The quantity of a line has at most eight digits, and at most three of them after the point.

    Why payers deny:
        The front end refuses the file, or cuts the number to another one.

    How to fix:
        Round the quantity as the code's unit asks: most codes are billed in whole units.
    """
    value = line.quantity.value
    if value.is_finite():
        _, digits, exponent = value.normalize().as_tuple()
        decimals = max(-int(exponent), 0)
        whole = max(len(digits) + int(exponent), 0)
        if decimals > 3 or whole + decimals > 8:
            yield at(quantity=line.quantity.plain())


FAILS = (
    claim_with(acts=(line(code="J1100", quantity=Quantity(Decimal("0.3333"))),)),
    claim_with(acts=(line(code="J1100", quantity=Quantity(Decimal(123456789))),)),
)
PASSES = (
    claim_with(acts=(line(code="J1100", quantity=Quantity(Decimal("12345.678"))),)),
    claim_with(acts=(line(code="J1100", quantity=Quantity(Decimal(99999999))),)),
)
