"""A payer pays no more than was asked."""

from __future__ import annotations

from collections.abc import Iterator

from billing.edits.declare import Fault, at, edit
from billing.edits.example import claim_with, line
from billing.edits.facts import AnyClaim
from clinic.domain.money import Money
from clinic.domain.words import N_


@edit(
    "BAL-03",
    title=N_("Claim that asks for nothing"),
    message=N_("Every line has a charge of zero, so nothing can be paid."),
    severity="advise",
    scope="claim",
    fields=("total",),
    when="claim.total.cents == 0",
    kinds=("professional", "dental"),
    source="42 U.S.C. 1395w-4(a)(1): the lesser of the charge and the fee schedule",
    since="2026-11-24",
)
def amount_zero(claim: AnyClaim) -> Iterator[Fault]:
    """A payer pays no more than was asked.

    What it checks:
        At least one line of the claim has a charge.

    Why payers deny:
        Payers pay the lesser of the charge and their own price. A claim for zero is decided with a payment of
        zero, and some refuse it.

    How to fix:
        Enter the charges. If the claim only reports what was done and is meant to be zero, leave it.
    """
    if claim.acts and not any(act.charge.cents for act in claim.acts) and claim.total.cents == 0:
        yield at()


FAILS = (claim_with(acts=(line(charge=Money(0)),)),)
PASSES = (claim_with(acts=(line(), line(number="2", code="3044F", charge=Money(0)))),)
