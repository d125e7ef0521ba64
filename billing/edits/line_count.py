"""A claim has a line, and fifty at most."""

from __future__ import annotations

from collections.abc import Iterator

from billing.domain.professional import MAX_ACTS, ProfessionalClaim
from billing.edits.declare import Fault, at, edit
from billing.edits.example import claim_with, line
from clinic.domain.money import Money
from clinic.domain.words import N_


@edit(
    "LIN-01",
    title=N_("No line, or more than fifty"),
    message=N_("The claim has %(count)s lines; it needs one and can hold fifty."),
    severity="block",
    scope="claim",
    fields=("acts",),
    when="not 1 <= len(claim.acts) <= 50",
    kinds=("professional", "dental"),
    source="005010X222A1 2400 LX",
    since="2026-11-24",
)
def line_count(claim: ProfessionalClaim) -> Iterator[Fault]:
    """A claim asks to be paid for something.

    What it checks:
        The claim has at least one service line and not more than fifty.

    Why payers deny:
        The file needs one line and has no place for more than fifty.

    How to fix:
        Add what was done. With more than fifty lines make two claims.
    """
    if not 1 <= len(claim.acts) <= MAX_ACTS:
        yield at(count=len(claim.acts))


FAILS = (
    claim_with(acts=(), total=Money(0)),
    claim_with(acts=tuple(line(number=str(each), code=f"9{each:04d}") for each in range(51))),
)
PASSES = (claim_with(acts=tuple(line(number=str(each), code=f"9{each:04d}") for each in range(50))),)
