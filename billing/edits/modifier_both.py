"""Modifier 50 counts the second side."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from billing.domain.professional import ProfessionalActLine, ProfessionalClaim
from billing.edits.declare import Fault, at, edit
from billing.edits.example import claim_with, line
from clinic.domain.quantity import Quantity
from clinic.domain.words import N_


@edit(
    "MOD-11",
    title=N_("Both sides billed as several units"),
    message=N_("Modifier 50 says both sides already; the line bills %(units)s units."),
    severity="warn",
    scope="line",
    fields=("acts[].quantity",),
    when='case.counted and line.quantity.value != 1 and "50" in line.part.modifiers',
    source="Medicare Claims Processing Manual, chapter 12, section 40.7; CPT, Appendix A: modifier 50",
    since="2026-11-25",
)
def modifier_both(claim: ProfessionalClaim, line: ProfessionalActLine) -> Iterator[Fault]:
    """Modifier 50 counts the second side.

    What it checks:
        A line with modifier 50 bills one unit. A surgery centre (place 24), whose payers ask for other ways, is
        not looked at.

    Why payers deny:
        Two units and the modifier together ask for four sides. The payer takes it for twice the price, and
        denies or cuts it.

    How to fix:
        Bill one unit with modifier 50, at the price for both sides.
    """
    place = line.part.place or claim.part.place
    value = line.quantity.value
    if "50" in line.part.modifiers and value.is_finite() and value > 1 and place != "24":
        yield at(units=line.quantity.plain())


FAILS = (claim_with(acts=(line(code="20610", modifiers=("50",), quantity=Quantity(Decimal(2))),)),)
PASSES = (
    claim_with(acts=(line(code="20610", modifiers=("50",)),)),
    claim_with(acts=(line(code="J1100", quantity=Quantity(Decimal(2))),)),
)
