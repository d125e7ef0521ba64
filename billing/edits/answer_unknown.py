"""Reason codes begin and end."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from msgspec.structs import replace

from billing.domain.claim import Adjudication, Adjustment
from billing.edits.answers import REASON
from billing.edits.case import Case
from billing.edits.declare import Fault, at, edit
from billing.edits.example import FIRST_PAYER, claim_with
from billing.edits.exampleworlds import CODED
from clinic.domain.code import Code
from clinic.domain.money import Money
from clinic.domain.words import N_


@edit(
    "COB-10",
    title=N_("Reason code that the loaded list does not have"),
    message=N_("%(reason)s is not in the loaded list of reason codes on %(date)s."),
    severity="warn",
    scope="claim",
    fields=("other_coverages", "other_coverages[].adjudication.adjustments[].reason"),
    when='claim.other_coverages and case.facts.judges("carc", case.on)',
    kinds=("professional", "dental"),
    source="005010X222A1 2320 CAS02: claim adjustment reason code; the list that the practice has loaded",
    since="2026-11-25",
)
def answer_unknown(case: Case) -> Iterator[Fault]:
    """Reason codes begin and end.

    What it checks:
        Where a list of claim adjustment reason codes is loaded and covers the day of the answer, each reason
        stands in it. Without one nothing is said.

    Why payers deny:
        Payers refuse reasons that are not in the list of the day, or read them as denials of another kind.

    How to fix:
        Compare with the remittance. If the reason stands there, load the list anew.
    """
    for each in case.answers:
        day = each.said.decided or case.on
        for index, adjustment in enumerate(each.said.adjustments):
            if REASON.match(adjustment.reason) and case.facts.lacks(Code("carc", adjustment.reason), day):
                yield at(
                    f"other_coverages[{each.at}].adjudication.adjustments[{index}].reason",
                    reason=adjustment.reason,
                    date=day.isoformat(),
                )


FACTS = CODED

FAILS = (
    claim_with(
        coverage__rank="S",
        other_coverages=(
            replace(
                FIRST_PAYER,
                adjudication=Adjudication(Money(10000), date(2026, 3, 6), (Adjustment("PR", "999", Money(2500)),)),
            ),
        ),
    ),
)
PASSES = (claim_with(coverage__rank="S", other_coverages=(FIRST_PAYER,)),)
