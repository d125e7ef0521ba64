"""The next payer pays what the patient would owe."""

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
    "COB-15",
    title=N_("Nothing left to pay"),
    message=N_("%(payer)s left nothing to the patient: what it did not pay is taken off for good."),
    severity="advise",
    scope="claim",
    fields=("other_coverages", "other_coverages[].adjudication"),
    when='claim.other_coverages and claim.coverage.rank != "P" and case.dubious',
    kinds=("professional", "dental"),
    source="005010X222A1 2320 CAS: only group PR is owed by the patient and so by the next payer",
    since="2026-11-25",
)
def answer_nothing(claim: AnyClaim, case: Case) -> Iterator[Fault]:
    """The next payer pays what the patient would owe.

    What it checks:
        The answer of the payer just before this one, where it adds up to the total, leaves something to the
        patient (group PR).

    Why payers deny:
        There is nothing the payer could owe. The claim comes back with a payment of zero, and costs its price
        at the clearinghouse.

    How to fix:
        Close the claim as paid. Send it only where the payer wants to know, for a deductible or because it is
        Medicaid that counts visits.
    """
    before = [each for each in case.answers if each.other.rank < claim.coverage.rank]
    if before:
        last = max(before, key=lambda each: each.other.rank)
        if last.rest == 0 and last.owed <= 0 and last.said.paid.cents >= 0:
            yield at(f"other_coverages[{last.at}].adjudication", payer=last.other.payer.name.name)


FAILS = (
    claim_with(
        coverage__rank="S",
        other_coverages=(
            replace(
                FIRST_PAYER,
                adjudication=Adjudication(Money(10000), date(2026, 3, 6), (Adjustment("CO", "45", Money(2500)),)),
            ),
        ),
    ),
)
PASSES = (claim_with(coverage__rank="S", other_coverages=(FIRST_PAYER,)),)
