"""The payer finds the old claim by the payer's number."""

from __future__ import annotations

from collections.abc import Iterator

from billing.edits.declare import Fault, at, edit
from billing.edits.example import claim_with
from billing.edits.facts import AnyClaim
from clinic.domain.words import N_


@edit(
    "FRQ-03",
    title=N_("Own number in place of the payer's"),
    message=N_("%(number)s is the practice's own number of this claim; the payer's number is wanted."),
    severity="warn",
    scope="claim",
    fields=("replaces",),
    when="claim.replaces is not None and claim.replaces == claim.number",
    kinds=("professional", "dental"),
    source="005010X222A1 2300 REF*F8: the number is the payer's; CMS-1500 box 22",
    since="2026-11-24",
)
def frequency_own(claim: AnyClaim) -> Iterator[Fault]:
    """The payer finds the old claim by the payer's number.

    What it checks:
        The number of the claim to be changed is not the claim's own.

    Why payers deny:
        The payer looks for its own number, finds nothing, and refuses the change or takes it for a duplicate.

    How to fix:
        Take the payer's claim number from the remittance or the payer's answer.
    """
    if claim.replaces is not None and claim.replaces == claim.number and claim.frequency != "1":
        yield at(number=claim.number)


FAILS = (claim_with(frequency="7", replaces="A1001"),)
PASSES = (claim_with(frequency="7", replaces="2026060001234"),)
