"""Medicare Part B takes original claims only."""

from __future__ import annotations

from collections.abc import Iterator

from billing.edits.declare import Fault, at, edit
from billing.edits.example import MEDICARE, claim_with
from billing.edits.facts import AnyClaim
from clinic.domain.words import N_


@edit(
    "MCR-02",
    title=N_("Replacement or void sent to Medicare Part B"),
    message=N_("Medicare Part B takes no claims of frequency %(frequency)s."),
    severity="block",
    scope="claim",
    fields=("frequency",),
    when='claim.frequency != "1"',
    payers=("medicare_b",),
    makes_redundant=("FRQ-04",),
    source="Medicare fee-for-service 837P edits, 2300 CLM05-3",
    since="2026-11-24",
)
def medicare_original(claim: AnyClaim) -> Iterator[Fault]:
    """Medicare carriers correct by another way.

    What it checks:
        A claim to Medicare Part B has frequency 1.

    Why payers deny:
        The carriers refuse frequency 7 and 8 on arrival.

    How to fix:
        Ask for a reopening or an appeal of the claim that was decided. One that was returned as unprocessable is sent
        again as an original.
    """
    if claim.frequency != "1":
        yield at(frequency=claim.frequency)


FAILS = (claim_with(**MEDICARE, frequency="7", replaces="1126060001234"),)
PASSES = (claim_with(**MEDICARE), claim_with(frequency="7", replaces="2026060001234"))
