"""Charges are neither below zero nor endless."""

from __future__ import annotations

from collections.abc import Iterator

from billing.edits.declare import Fault, at, edit
from billing.edits.example import claim_with, line
from billing.edits.facts import AnyAct
from clinic.domain.money import Money
from clinic.domain.words import N_

_MOST = 99_999_999_99
"""Cents."""


@edit(
    "BAL-02",
    title=N_("Charge that the file cannot carry"),
    message=N_("The charge is %(charge)s; the file takes amounts from nothing to 99999999.99."),
    severity="block",
    scope="line",
    fields=("acts[].charge",),
    when="not 0 <= line.charge.cents <= 9999999999",
    kinds=("professional", "dental"),
    source="005010X222A1 SV102; X12 data element 782 as HIPAA limits it",
    since="2026-11-24",
)
def amount_range(line: AnyAct) -> Iterator[Fault]:
    """Charges are neither below zero nor endless.

    What it checks:
        The charge of each line is not below zero and has at most eight digits before the point.

    Why payers deny:
        A claim takes nothing back: that is what a void is for. An amount of more than ten digits is refused.

    How to fix:
        Correct the charge. To take back what was billed, void the claim.
    """
    if not 0 <= line.charge.cents <= _MOST:
        yield at(charge=line.charge.plain())


FAILS = (claim_with(acts=(line(charge=Money(-100)),)),)
PASSES = (claim_with(acts=(line(charge=Money(9_999_999_999)),)),)
