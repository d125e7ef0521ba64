"""Only a car accident has a state."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from billing.domain.professional import ClaimDate, ProfessionalClaim
from billing.edits.declare import Fault, at, edit
from billing.edits.example import claim_with
from clinic.domain.words import N_


@edit(
    "ACC-07",
    title=N_("State of a car accident without one"),
    message=N_("The claim names %(state)s as the state of a car accident, and says of none."),
    severity="advise",
    scope="claim",
    fields=("part.accident_state",),
    when='claim.part.accident_state is not None and "AA" not in claim.part.accident',
    kinds=("professional", "dental"),
    source="005010X222A1 CLM11-4: where CLM11 says AA, else not used; CMS-1500 box 10b",
    since="2026-11-25",
)
def accident_place(claim: ProfessionalClaim) -> Iterator[Fault]:
    """Only a car accident has a state.

    What it checks:
        A claim that names the state of an accident says of a car accident (AA).

    Why payers deny:
        The state is not used without it. A payer that reads it all the same holds the claim for the car
        insurer.

    How to fix:
        Mark the car accident, or take the state out.
    """
    if claim.part.accident_state is not None and "AA" not in claim.part.accident:
        yield at(state=claim.part.accident_state, fix="null")


FAILS = (claim_with(accident_state="MA"),)
PASSES = (claim_with(accident=("AA",), accident_state="MA", dates=(ClaimDate("439", date(2026, 3, 1)),)),)
