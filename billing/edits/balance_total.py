"""The claim's total is the sum of its lines."""

from __future__ import annotations

from collections.abc import Iterator

from billing.edits.declare import Fault, at, edit
from billing.edits.example import claim_with, line
from billing.edits.facts import AnyClaim
from clinic.domain.money import Money
from clinic.domain.words import N_


@edit(
    "BAL-01",
    title=N_("Total differs from the sum of the lines"),
    message=N_("The total is %(total)s but the lines add up to %(sum)s."),
    severity="block",
    scope="claim",
    fields=("total",),
    when="case.unbalanced",
    kinds=("professional", "dental"),
    source="005010X222A1 CLM02; CMS-1500 box 28",
    since="2026-11-24",
)
def balance_total(claim: AnyClaim) -> Iterator[Fault]:
    """The total must be what the lines add up to.

    What it checks:
        The total charge equals the sum of the charges of all lines, to the cent and in one currency.

    Why payers deny:
        A claim that is out of balance is refused by the first program that reads it, before any payer sees it.

    How to fix:
        Take the sum of the lines as the total, or correct the charge that was mistyped.
    """
    asked = claim.total
    cents = 0
    for act in claim.acts:
        cents += act.charge.cents
        if act.charge.currency != asked.currency:
            yield at(total=f"{asked.plain()} {asked.currency}", sum=f"{act.charge.plain()} {act.charge.currency}")
            return
    if cents != asked.cents:
        yield at(
            total=asked.plain(),
            sum=Money(cents).plain(),
            fix=f'{{"cents":{cents},"currency":"{asked.currency}"}}',
        )


FAILS = (claim_with(total=Money(10000)), claim_with(acts=(line(charge=Money(12500, "EUR")),), total=Money(12500)))
PASSES = (claim_with(), claim_with(acts=(line(), line(number="2", code="93000"))))
