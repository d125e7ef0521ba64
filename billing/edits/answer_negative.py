"""A payment is nothing or more."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from msgspec.structs import replace

from billing.domain.claim import Adjudication, Adjustment
from billing.edits.case import Case
from billing.edits.declare import Fault, at, edit
from billing.edits.example import FIRST_PAYER, claim_with
from clinic.domain.money import Money
from clinic.domain.words import N_


@edit(
    "COB-07",
    title=N_("Earlier payer that paid less than nothing"),
    message=N_("%(payer)s is said to have paid %(paid)s."),
    severity="block",
    scope="claim",
    fields=("other_coverages", "other_coverages[].adjudication.paid"),
    when="claim.other_coverages and case.dubious",
    kinds=("professional", "dental"),
    makes_redundant=("COB-05", "COB-06"),
    source="005010X222A1 2320 AMT*D: what the payer has paid, zero where it paid nothing",
    since="2026-11-25",
)
def answer_negative(case: Case) -> Iterator[Fault]:
    """A payment is nothing or more.

    What it checks:
        What an earlier payer paid is not below zero.

    Why payers deny:
        The next payer refuses the claim on arrival: a payment that was taken back is told by the answer that
        came of it.

    How to fix:
        Enter what the payer paid in the end. If it took all back, that is zero, with the adjustments of its
        last answer.
    """
    for each in case.answers:
        if each.said.paid.cents < 0:
            yield at(
                f"other_coverages[{each.at}].adjudication.paid",
                payer=each.other.payer.name.name,
                paid=each.said.paid.plain(),
            )


FAILS = (
    claim_with(
        coverage__rank="S",
        other_coverages=(
            replace(
                FIRST_PAYER,
                adjudication=Adjudication(Money(-2500), date(2026, 3, 6), (Adjustment("PR", "2", Money(15000)),)),
            ),
        ),
    ),
)
PASSES = (claim_with(coverage__rank="S", other_coverages=(FIRST_PAYER,)),)
