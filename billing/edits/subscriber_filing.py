"""The kind of plan is one of a short list."""

from __future__ import annotations

from collections.abc import Iterator

from billing.edits.declare import Fault, at, edit
from billing.edits.example import claim_with
from billing.edits.facts import AnyClaim
from clinic.domain.words import N_

_CODES = "11 12 13 14 15 16 17 AM BL CH CI DS FI HM LM MA MB MC OF TV VA WC ZZ"
FILINGS = frozenset(_CODES.split())
"""The numbers and letters of the list."""


@edit(
    "SUB-04",
    title=N_("Kind of coverage that the file does not know"),
    message=N_("%(filing)s is no kind of coverage the file knows."),
    severity="block",
    scope="claim",
    fields=("coverage.filing", "other_coverages[].filing"),
    when='claim.coverage.filing not in ("CI", "MB", "BL") or claim.other_coverages',
    makes_redundant=("TXT-02", "TXT-03"),
    kinds=("professional", "dental"),
    source="005010X222A1 2000B and 2320 SBR09",
    since="2026-11-24",
)
def subscriber_filing(claim: AnyClaim) -> Iterator[Fault]:
    """The kind of plan is one of a short list.

    What it checks:
        The claim filing indicator of the payer billed and of each other payer is one the guide lists.

    Why payers deny:
        The element is required, and a value outside its list is refused with the file.

    How to fix:
        Choose the kind of coverage with the payer. ZZ stands for what both sides do not know.
    """
    if claim.coverage.filing not in FILINGS:
        yield at(filing=claim.coverage.filing)
    for index, other in enumerate(claim.other_coverages):
        if other.filing not in FILINGS:
            yield at(f"other_coverages[{index}].filing", filing=other.filing)


FAILS = (claim_with(coverage__filing="09"),)
PASSES = (claim_with(coverage__filing="ZZ"),)
