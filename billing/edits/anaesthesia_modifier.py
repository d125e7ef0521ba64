"""Medicare pays by who gave the anaesthesia."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from billing.domain.professional import ProfessionalActLine
from billing.edits.anaesthesia import is_anaesthesia
from billing.edits.declare import Fault, at, edit
from billing.edits.example import MEDICARE, claim_with, line
from clinic.domain.quantity import Quantity
from clinic.domain.words import N_

_WHO = frozenset({"AA", "AD", "QK", "QX", "QY", "QZ"})


@edit(
    "ANE-04",
    title=N_("Anaesthesia for Medicare without who gave it"),
    message=N_("%(code)s needs a modifier that says who gave the anaesthesia: AA, AD, QK, QX, QY or QZ."),
    severity="warn",
    scope="line",
    fields=("acts[].part.modifiers",),
    when='line.code.value < "02000"',
    payers=("medicare_b",),
    source="Medicare Claims Processing Manual, chapter 12, sections 50 and 140",
    since="2026-11-25",
)
def anaesthesia_modifier(line: ProfessionalActLine) -> Iterator[Fault]:
    """Medicare pays by who gave the anaesthesia.

    What it checks:
        On a claim to Medicare Part B a line of anaesthesia has AA, AD, QK or QY (physician) or QX or QZ (nurse
        anaesthetist).

    Why payers deny:
        The share of the price depends on whether a physician gave it alone, directed or supervised. Without the
        modifier the line is returned as it cannot be priced.

    How to fix:
        Add the modifier as the first of the line: AA given by the physician, QK, QY or AD directed or
        supervised, QX or QZ given by a nurse with or without direction.
    """
    if is_anaesthesia(line.code.value) and _WHO.isdisjoint(line.part.modifiers):
        yield at(code=line.code.value)


FAILS = (claim_with(**MEDICARE, acts=(line(code="00400", quantity=Quantity(Decimal(75), "MJ")),)),)
PASSES = (
    claim_with(**MEDICARE, acts=(line(code="00400", modifiers=("QZ",), quantity=Quantity(Decimal(75), "MJ")),)),
    claim_with(acts=(line(code="00400", quantity=Quantity(Decimal(75), "MJ")),)),
)
