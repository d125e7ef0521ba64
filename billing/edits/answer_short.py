"""What was not paid has a reason."""

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
    "COB-06",
    title=N_("Answer that leaves something unsaid"),
    message=N_("Of %(total)s, %(payer)s neither paid nor took off %(rest)s."),
    severity="advise",
    scope="claim",
    fields=("other_coverages", "other_coverages[].adjudication"),
    when='claim.other_coverages and claim.coverage.rank != "P" and case.dubious',
    kinds=("professional", "dental"),
    source=(
        "005010X222A1 1.4.4; X12 RFI 1115 and 1294: CLM02 is what the earlier payer paid and all of its adjustments"
    ),
    since="2026-11-25",
)
def answer_short(claim: AnyClaim, case: Case) -> Iterator[Fault]:
    """What was not paid has a reason.

    What it checks:
        What an earlier payer paid and what it took off come to the claim's total. Adjustments of single lines,
        which another system's file may have beside these, are not seen here.

    Why payers deny:
        The next payer cannot work out its share of an amount of which it does not know who owes it, and asks
        back.

    How to fix:
        Enter all adjustments of the remittance with group and reason, the contractual one (CO 45) too.
    """
    for each in case.answers:
        if each.rest > 0 and each.other.rank < claim.coverage.rank and each.said.paid.cents >= 0:
            rest = Money(each.rest, claim.total.currency).plain()
            yield at(
                f"other_coverages[{each.at}].adjudication",
                payer=each.other.payer.name.name,
                rest=rest,
                total=claim.total.plain(),
            )


FAILS = (
    claim_with(
        coverage__rank="S",
        other_coverages=(
            replace(
                FIRST_PAYER,
                adjudication=Adjudication(Money(10000), date(2026, 3, 6), (Adjustment("PR", "2", Money(1500)),)),
            ),
        ),
    ),
)
PASSES = (claim_with(coverage__rank="S", other_coverages=(FIRST_PAYER,)),)
