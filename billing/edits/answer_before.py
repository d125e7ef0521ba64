"""A claim is decided after the care."""

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
    "COB-11",
    title=N_("Answer from before the service"),
    message=N_("%(payer)s is said to have decided on %(decided)s, before the first service on %(date)s."),
    severity="block",
    scope="claim",
    fields=("other_coverages", "other_coverages[].adjudication.decided"),
    when="claim.other_coverages and case.dubious",
    kinds=("professional", "dental"),
    source="005010X222A1 2330B DTP*573",
    since="2026-11-25",
)
def answer_before(case: Case) -> Iterator[Fault]:
    """A claim is decided after the care.

    What it checks:
        The day on which an earlier payer decided does not lie before the first day of service.

    Why payers deny:
        The claim says what cannot be. The next payer takes the answer for one to another claim and refuses it.

    How to fix:
        Take the date of the remittance that answers this claim.
    """
    day = case.day
    for each in case.answers:
        decided = each.said.decided
        if decided is not None and day is not None and decided < day:
            yield at(
                f"other_coverages[{each.at}].adjudication.decided",
                payer=each.other.payer.name.name,
                decided=decided.isoformat(),
                date=day.isoformat(),
            )


FAILS = (
    claim_with(
        coverage__rank="S",
        other_coverages=(
            replace(
                FIRST_PAYER,
                adjudication=Adjudication(Money(10000), date(2025, 3, 6), (Adjustment("PR", "2", Money(2500)),)),
            ),
        ),
    ),
)
PASSES = (claim_with(coverage__rank="S", other_coverages=(FIRST_PAYER,)),)
