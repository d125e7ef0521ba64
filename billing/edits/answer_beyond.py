"""What is paid and what is taken off is the charge."""

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
    "COB-05",
    title=N_("Answer that adds up to more than was billed"),
    message=N_("%(payer)s paid %(paid)s and took off %(taken)s; together that is more than the total of %(total)s."),
    severity="warn",
    scope="claim",
    fields=("other_coverages", "other_coverages[].adjudication"),
    when='claim.other_coverages and claim.coverage.rank != "P" and case.dubious',
    kinds=("professional", "dental"),
    source=(
        "005010X222A1 1.4.4; X12 RFI 1115 and 1294: CLM02 is what the earlier payer paid and all of its adjustments"
    ),
    since="2026-11-25",
)
def answer_beyond(claim: AnyClaim, case: Case) -> Iterator[Fault]:
    """What is paid and what is taken off is the charge.

    What it checks:
        What an earlier payer paid and all it took off from the claim is not more than the claim's total.

    Why payers deny:
        The next payer adds it up before it reads on. Where it does not come to the charge the claim is refused
        or decided by guess.

    How to fix:
        Compare with the remittance: an amount is often entered twice, or the total was changed after the first
        claim.
    """
    for each in case.answers:
        if each.rest < 0 and each.other.rank < claim.coverage.rank and each.said.paid.cents <= claim.total.cents:
            taken = Money(claim.total.cents - each.rest - each.said.paid.cents, claim.total.currency)
            yield at(
                f"other_coverages[{each.at}].adjudication",
                payer=each.other.payer.name.name,
                paid=each.said.paid.plain(),
                taken=taken.plain(),
                total=claim.total.plain(),
            )


FAILS = (
    claim_with(
        coverage__rank="S",
        other_coverages=(
            replace(
                FIRST_PAYER,
                adjudication=Adjudication(Money(10000), date(2026, 3, 6), (Adjustment("PR", "2", Money(3500)),)),
            ),
        ),
    ),
)
PASSES = (claim_with(coverage__rank="S", other_coverages=(FIRST_PAYER,)),)
