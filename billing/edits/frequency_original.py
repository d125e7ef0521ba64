"""An original claim names no earlier one."""

from __future__ import annotations

from collections.abc import Iterator

from billing.edits.declare import Fault, at, edit
from billing.edits.example import claim_with
from billing.edits.facts import AnyClaim
from clinic.domain.words import N_


@edit(
    "FRQ-02",
    title=N_("Original claim with a payer's number"),
    message=N_("An original claim (frequency 1) must not carry the payer's number %(number)s."),
    severity="block",
    scope="claim",
    fields=("replaces",),
    when="claim.replaces is not None",
    kinds=("professional", "dental"),
    source="005010X222A1 2300 REF*F8; CMS-1500 box 22",
    since="2026-11-24",
)
def frequency_original(claim: AnyClaim) -> Iterator[Fault]:
    """A first claim has nothing to replace.

    What it checks:
        A claim with frequency 1 carries no payer's number of an earlier claim.

    Why payers deny:
        The two contradict each other. The payer refuses the claim, or quietly files the correction as an original and
        denies it as a duplicate.

    How to fix:
        If it corrects a claim the payer has taken in, set the frequency to 7, or to 8 to void it. Else take the number
        out.
    """
    if claim.frequency == "1" and claim.replaces is not None:
        yield at(number=claim.replaces)


FAILS = (claim_with(frequency="1", replaces="2026060001234"),)
PASSES = (claim_with(frequency="7", replaces="2026060001234"), claim_with())
