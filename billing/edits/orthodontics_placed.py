"""Months of treatment are counted from the day the appliance was placed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from billing.domain.dental import DentalClaim, DentalDate, Orthodontics
from billing.edits.declare import Fault, at, edit
from billing.edits.dentalacts import is_orthodontic
from billing.edits.exampledental import dental_claim_with, dental_line
from clinic.domain.words import N_


@edit(
    "DEN-16",
    title=N_("Orthodontics without the day of the appliance"),
    message=N_("The months of treatment are given, and no day on which the appliance was placed."),
    severity="warn",
    scope="claim",
    when="claim.part.orthodontics is not None",
    fields=("part.dates",),
    source="ASC X12N 005010X224A2, 2300 DTP 452; ADA J430D, item 41",
    since="2026-11-25",
    kinds=("dental",),
)
def orthodontics_placed(claim: DentalClaim) -> Iterator[Fault]:
    """Months of treatment are counted from the day the appliance was placed.

    What it checks:
        A claim with an orthodontic act and its months, that asks for payment, also says on what day the appliance was
        placed.

    Why payers deny:
        Without the day the payer does not know which months it is to pay.

    How to fix:
        Enter the day on which the appliance was placed.
    """
    part = claim.part
    if part.orthodontics is None or part.orthodontics.total_months is None or part.predetermination:
        return
    if not any(is_orthodontic(act.code.value) for act in claim.acts):
        return
    days = {dated.qualifier for dated in part.dates} | {each.qualifier for act in claim.acts for each in act.part.dates}
    if "452" not in days:
        yield at("part.dates")


FAILS = (dental_claim_with(acts=(dental_line(code="D8080", teeth=()),), orthodontics=Orthodontics(24, 24)),)
PASSES = (
    dental_claim_with(
        acts=(dental_line(code="D8080", teeth=()),),
        orthodontics=Orthodontics(24, 24),
        dates=(DentalDate("452", date(2026, 3, 2)),),
    ),
)
