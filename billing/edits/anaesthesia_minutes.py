"""Anaesthesia is paid by its time."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from billing.edits.anaesthesia import is_anaesthesia
from billing.edits.declare import Fault, at, edit
from billing.edits.example import claim_with, line
from billing.edits.facts import AnyAct
from clinic.domain.quantity import Quantity
from clinic.domain.words import N_


@edit(
    "ANE-01",
    title=N_("Anaesthesia that is not told in minutes"),
    message=N_("%(code)s is anaesthesia, and its quantity is not in minutes (MJ)."),
    severity="warn",
    scope="line",
    fields=("acts[].quantity.unit",),
    when='line.code.value < "02000" and line.quantity.unit != "MJ"',
    source=(
        "005010X222A1 SV103 (MJ); Medicare Claims Processing Manual, chapter 12, section 50, and "
        "chapter 26, section 10.4, item 24G"
    ),
    since="2026-11-25",
)
def anaesthesia_minutes(line: AnyAct) -> Iterator[Fault]:
    """Anaesthesia is paid by its time.

    What it checks:
        A line with an anaesthesia code (00100 to 01999) gives its quantity in minutes. Codes 01953 and 01996
        are counted and are not looked at.

    Why payers deny:
        Base units come from the code and time units from the minutes. A count of units is taken for minutes, so
        that hardly any time is paid, or the line is sent back.

    How to fix:
        Enter the minutes from the beginning of care to its end, with the unit MJ.
    """
    if line.quantity.unit != "MJ" and is_anaesthesia(line.code.value):
        yield at(code=line.code.value, fix='"MJ"')


FAILS = (claim_with(acts=(line(code="00400", modifiers=("AA",)),)),)
PASSES = (
    claim_with(acts=(line(code="00400", modifiers=("AA",), quantity=Quantity(Decimal(75), "MJ")),)),
    claim_with(acts=(line(code="01996", modifiers=("AA",)),)),
)
