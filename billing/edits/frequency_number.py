"""A replacement or void names the claim it is about."""

from __future__ import annotations

from collections.abc import Iterator

from billing.edits.declare import Fault, at, edit
from billing.edits.example import claim_with
from billing.edits.facts import AnyClaim
from clinic.domain.words import N_


@edit(
    "FRQ-01",
    title=N_("Replacement or void without the payer's number"),
    message=N_("Frequency %(frequency)s needs the payer's number of the claim it changes."),
    severity="block",
    scope="claim",
    fields=("replaces",),
    when='claim.frequency != "1"',
    makes_redundant=("TXT-02",),
    kinds=("professional", "dental"),
    source="005010X222A1 2300 REF*F8; CMS-1500 box 22",
    since="2026-11-24",
)
def frequency_number(claim: AnyClaim) -> Iterator[Fault]:
    """Whoever changes a claim must say which.

    What it checks:
        A claim with frequency 7 (replacement) or 8 (void) carries the number the payer gave the claim it is about.

    Why payers deny:
        Without the number the payer cannot find the old claim: it refuses the new one, or takes it for a duplicate.

    How to fix:
        Enter the payer's claim number from the remittance or the payer's answer. If the payer never took the first
        claim in, send this one as an original (frequency 1).
    """
    if claim.frequency != "1" and not claim.replaces:
        yield at(frequency=claim.frequency)


FAILS = (claim_with(frequency="7"), claim_with(frequency="8"))
PASSES = (claim_with(frequency="7", replaces="2026060001234"), claim_with(frequency="1"))
