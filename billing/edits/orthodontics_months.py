"""Orthodontic acts need the length of the treatment."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from billing.domain.dental import DentalClaim, DentalDate, Orthodontics
from billing.edits.declare import Fault, at, edit
from billing.edits.dentalacts import is_orthodontic
from billing.edits.exampledental import dental_claim_with, dental_line
from clinic.domain.words import N_


@edit(
    "DEN-14",
    title=N_("Orthodontic treatment without its months"),
    message=N_("%(code)s is orthodontic, and the claim does not say for how many months."),
    severity="warn",
    scope="claim",
    fields=("part.orthodontics",),
    source="ASC X12N 005010X224A2, 2300 DN1; ADA J430D, items 40 to 42",
    since="2026-11-25",
    kinds=("dental",),
)
def orthodontics_months(claim: DentalClaim) -> Iterator[Fault]:
    """Orthodontic acts need the length of the treatment.

    What it checks:
        A claim with an act of D8010 to D8698 says how many months the treatment lasts.

    Why payers deny:
        Orthodontics is paid in parts over the months of treatment; without them nothing can be paid.

    How to fix:
        Enter the months in all and those still to come.
    """
    braces = claim.part.orthodontics
    if braces is None or braces.total_months is None:
        for act in claim.acts:
            if is_orthodontic(act.code.value):
                yield at("part.orthodontics", code=act.code.value)
                return


FAILS = (dental_claim_with(acts=(dental_line(code="D8080", teeth=()),)),)
PASSES = (
    dental_claim_with(
        acts=(dental_line(code="D8080", teeth=()),),
        orthodontics=Orthodontics(24, 24),
        dates=(DentalDate("452", date(2026, 3, 2)),),
    ),
)
