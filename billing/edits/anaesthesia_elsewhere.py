"""Only anaesthesia is billed by the minute."""

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
    "ANE-02",
    title=N_("Minutes of what is not anaesthesia"),
    message=N_("%(code)s is counted in units, and its quantity is in minutes (MJ)."),
    severity="warn",
    scope="line",
    fields=("acts[].quantity.unit",),
    when='line.quantity.unit == "MJ"',
    source=(
        "005010X222A1 SV103: MJ for anaesthesia, UN for all else; Medicare Claims Processing "
        "Manual, chapter 26, section 10.4, item 24G"
    ),
    since="2026-11-25",
)
def anaesthesia_elsewhere(line: AnyAct) -> Iterator[Fault]:
    """Only anaesthesia is billed by the minute.

    What it checks:
        A line in minutes has an anaesthesia code. Codes whose words name a time, as those of therapies, are
        billed in units of that time.

    Why payers deny:
        Forty-five minutes are read as forty-five units. The line is denied for too many, or the payer asks for
        the record.

    How to fix:
        Enter how often the time of the code was reached, with the unit UN.
    """
    code = line.code.value
    if line.quantity.unit == "MJ" and not is_anaesthesia(code):
        yield at(code=code)


FAILS = (claim_with(acts=(line(code="97110", quantity=Quantity(Decimal(45), "MJ")),)),)
PASSES = (claim_with(acts=(line(code="97110", quantity=Quantity(Decimal(3))),)),)
