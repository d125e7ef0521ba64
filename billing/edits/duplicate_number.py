"""One number, one claim."""

from __future__ import annotations

from collections.abc import Iterator

from billing.edits.case import Case
from billing.edits.declare import Fault, at, edit
from billing.edits.example import EXAMPLE_FACTS, claim_with
from billing.edits.facts import AnyClaim
from clinic.domain.words import N_


@edit(
    "DUP-03",
    title=N_("Claim number used before"),
    message=N_("An earlier claim to the same payer has the number %(number)s too."),
    severity="warn",
    scope="claim",
    fields=("number",),
    when='claim.frequency == "1" and case.earlier',
    once=True,
    kinds=("professional", "dental"),
    source="005010X222A1 CLM01: unique in the sender's files",
    since="2026-11-24",
)
def duplicate_number(claim: AnyClaim, case: Case) -> Iterator[Fault]:
    """One number, one claim.

    What it checks:
        No earlier original claim to the same payer has the same claim number.

    Why payers deny:
        The answer comes back under the number and then fits both. Many payers take the second for the first
        sent again.

    How to fix:
        If it is the same claim, take one out. Else number it anew.
    """
    if claim.frequency == "1":
        for other in case.earlier:
            if (
                other.number == claim.number
                and other.frequency == "1"
                and other.coverage.payer.identifier == claim.coverage.payer.identifier
            ):
                yield at(number=claim.number)


FACTS = EXAMPLE_FACTS.knowing(claim_with())
FAILS = (claim_with(coverage__member_id="NWH5550002"),)
PASSES = (claim_with(number="A1002", coverage__member_id="NWH5550002"),)
