"""The answer finds its claim by the number."""

from __future__ import annotations

from collections.abc import Iterator

from billing.edits.declare import Fault, at, edit
from billing.edits.example import claim_with
from billing.edits.facts import AnyClaim
from clinic.domain.words import N_


@edit(
    "NUM-01",
    title=N_("Claim number that may come back cut"),
    message=N_("The claim number has %(count)s characters; payers need to give back only twenty."),
    severity="advise",
    scope="claim",
    fields=("number",),
    when="len(claim.number) > 20",
    kinds=("professional", "dental"),
    source="005010X222A1 CLM01: twenty characters are sure to come back",
    since="2026-11-24",
)
def number_length(claim: AnyClaim) -> Iterator[Fault]:
    """The answer finds its claim by the number.

    What it checks:
        The claim's own number has at most twenty characters.

    Why payers deny:
        They do not deny for this. But a payer may keep the first twenty only, and then the remittance fits
        two claims.

    How to fix:
        Use shorter numbers. The practice's own are short; one that came in a file is made shorter where it
        was made.
    """
    if len(claim.number) > 20:
        yield at(count=len(claim.number))


FAILS = (claim_with(number="A" * 21),)
PASSES = (claim_with(number="A" * 20),)
