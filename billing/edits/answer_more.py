"""A payer pays no more than was asked."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from msgspec.structs import replace

from billing.domain.claim import Adjudication, Adjustment
from billing.edits.case import Case
from billing.edits.declare import Fault, at, edit
from billing.edits.example import FIRST_PAYER, claim_with
from billing.edits.facts import AnyClaim
from clinic.domain.money import Money
from clinic.domain.words import N_


@edit(
    "COB-08",
    title=N_("Earlier payer that paid more than was billed"),
    message=N_("%(payer)s is said to have paid %(paid)s of a claim of %(total)s."),
    severity="warn",
    scope="claim",
    fields=("other_coverages", "other_coverages[].adjudication.paid"),
    when="claim.other_coverages and case.dubious",
    kinds=("professional", "dental"),
    makes_redundant=("COB-05", "COB-06", "COB-15"),
    source="005010X222A1 2320 AMT*D and 2300 CLM02; CARC 22 and 23",
    since="2026-11-25",
)
def answer_more(claim: AnyClaim, case: Case) -> Iterator[Fault]:
    """A payer pays no more than was asked.

    What it checks:
        What an earlier payer paid is not more than the claim's total.

    Why payers deny:
        There is nothing left that the next payer could owe. It denies, or takes the answer for one to another
        claim.

    How to fix:
        Compare with the remittance: the payment may be that of several claims, or an amount in cents. Interest
        is not entered here.
    """
    for each in case.answers:
        if each.said.paid.cents > claim.total.cents and each.said.paid.currency == claim.total.currency:
            yield at(
                f"other_coverages[{each.at}].adjudication.paid",
                payer=each.other.payer.name.name,
                paid=each.said.paid.plain(),
                total=claim.total.plain(),
            )


FAILS = (
    claim_with(
        coverage__rank="S",
        other_coverages=(
            replace(
                FIRST_PAYER,
                adjudication=Adjudication(Money(20000), date(2026, 3, 6), (Adjustment("OA", "94", Money(-7500)),)),
            ),
        ),
    ),
)
PASSES = (claim_with(coverage__rank="S", other_coverages=(FIRST_PAYER,)),)
