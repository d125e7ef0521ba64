"""A payer pays no more than was asked."""

from __future__ import annotations

from collections.abc import Iterator

from billing.edits.declare import Fault, at, edit
from billing.edits.example import claim_with, line
from billing.edits.facts import AnyAct
from clinic.domain.money import Money
from clinic.domain.words import N_

_QUALITY = frozenset({"G8", "G9", "M1"})


@edit(
    "BAL-06",
    title=N_("Charge of a cent"),
    message=N_("%(code)s is billed at one cent."),
    severity="warn",
    scope="line",
    fields=("acts[].charge",),
    when="line.charge.cents == 1",
    kinds=("professional", "dental"),
    source=(
        "42 U.S.C. 1395w-4(a)(1): the lesser of the charge and the fee schedule; codes of category"
        " II and of quality are billed at a cent"
    ),
    since="2026-11-25",
)
def amount_cent(line: AnyAct) -> Iterator[Fault]:
    """A payer pays no more than was asked.

    What it checks:
        No line asks for one cent but codes of category II (ending in F) and of quality (G8 and G9, M1), where
        it says only that something was done.

    Why payers deny:
        The line is paid with one cent. Nobody notices before the month is closed.

    How to fix:
        Enter the price in the charge list, and on the claim.
    """
    code = line.code.value
    if line.charge.cents == 1 and code[-1:] != "F" and code[:2] not in _QUALITY:
        yield at(code=code)


FAILS = (claim_with(acts=(line(charge=Money(1)),)),)
PASSES = (
    claim_with(acts=(line(), line(number="2", code="3044F", charge=Money(1)))),
    claim_with(acts=(line(), line(number="2", code="G8427", charge=Money(1)))),
)
