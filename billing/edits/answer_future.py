"""What is sent on was decided before."""

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
    "COB-12",
    title=N_("Answer from the future"),
    message=N_("%(payer)s is said to have decided on %(decided)s, after %(today)s, the day of the claim."),
    severity="block",
    scope="claim",
    fields=("other_coverages", "other_coverages[].adjudication.decided"),
    when="claim.other_coverages and case.dubious",
    kinds=("professional", "dental"),
    source="005010X222A1 2330B DTP*573",
    since="2026-11-25",
)
def answer_future(case: Case) -> Iterator[Fault]:
    """What is sent on was decided before.

    What it checks:
        The day on which an earlier payer decided does not lie after the day on which this claim is judged.

    Why payers deny:
        Front ends refuse dates that are still to come.

    How to fix:
        Take the date of the remittance; a payment may be dated ahead, its decision is not.
    """
    for each in case.answers:
        decided = each.said.decided
        if decided is not None and decided > case.on:
            yield at(
                f"other_coverages[{each.at}].adjudication.decided",
                payer=each.other.payer.name.name,
                decided=decided.isoformat(),
                today=case.on.isoformat(),
            )


FAILS = (
    claim_with(
        coverage__rank="S",
        other_coverages=(
            replace(
                FIRST_PAYER,
                adjudication=Adjudication(Money(10000), date(2026, 3, 10), (Adjustment("PR", "2", Money(2500)),)),
            ),
        ),
    ),
)
PASSES = (claim_with(coverage__rank="S", other_coverages=(FIRST_PAYER,)),)
