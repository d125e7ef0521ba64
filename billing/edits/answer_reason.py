"""Why something was taken off is told by a code of one list."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from msgspec.structs import replace

from billing.domain.claim import Adjudication, Adjustment
from billing.edits.answers import REASON
from billing.edits.case import Case
from billing.edits.declare import Fault, at, edit
from billing.edits.example import FIRST_PAYER, claim_with
from clinic.domain.money import Money
from clinic.domain.words import N_


@edit(
    "COB-09",
    title=N_("Reason of an adjustment that is no reason code"),
    message=N_("%(reason)s is no reason code: that has up to three digits, after a letter or without one."),
    severity="block",
    scope="claim",
    fields=("other_coverages", "other_coverages[].adjudication.adjustments[].reason"),
    when="claim.other_coverages and case.dubious",
    kinds=("professional", "dental"),
    makes_redundant=("TXT-02", "TXT-03"),
    source="005010X222A1 2320 CAS02: claim adjustment reason code (external code source 139)",
    since="2026-11-25",
)
def answer_reason(case: Case) -> Iterator[Fault]:
    """Why something was taken off is told by a code of one list.

    What it checks:
        The reason of each adjustment has the form of a claim adjustment reason code: 45, 253, B7.

    Why payers deny:
        The segment is refused with the claim. The group (CO, PR …) and the remark code (N130, MA04) have other
        places.

    How to fix:
        Take the number behind the hyphen on the remittance: of CO-45 the group is CO and the reason 45.
    """
    for each in case.answers:
        for index, adjustment in enumerate(each.said.adjustments):
            if not REASON.match(adjustment.reason):
                yield at(
                    f"other_coverages[{each.at}].adjudication.adjustments[{index}].reason", reason=adjustment.reason
                )


FAILS = (
    claim_with(
        coverage__rank="S",
        other_coverages=(
            replace(
                FIRST_PAYER,
                adjudication=Adjudication(Money(10000), date(2026, 3, 6), (Adjustment("PR", "PR2", Money(2500)),)),
            ),
        ),
    ),
)
PASSES = (claim_with(coverage__rank="S", other_coverages=(FIRST_PAYER,)),)
