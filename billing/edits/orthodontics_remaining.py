"""What is still to come is a part of the whole."""

from __future__ import annotations

from collections.abc import Iterator

from billing.domain.dental import DentalClaim, Orthodontics
from billing.edits.declare import Fault, at, edit
from billing.edits.exampledental import dental_claim_with
from clinic.domain.words import N_


@edit(
    "DEN-15",
    title=N_("More months to come than in all"),
    message=N_("%(remaining)s months are still to come of a treatment of %(total)s."),
    severity="block",
    scope="claim",
    when="claim.part.orthodontics is not None",
    fields=("part.orthodontics.remaining_months",),
    source="ASC X12N 005010X224A2, 2300 DN101 and DN102",
    since="2026-11-25",
    kinds=("dental",),
)
def orthodontics_remaining(claim: DentalClaim) -> Iterator[Fault]:
    """What is still to come is a part of the whole.

    What it checks:
        The months to come are not more than those of the whole treatment, and neither is less than none.

    Why payers deny:
        The payer cannot divide its payment and sends the claim back.

    How to fix:
        Correct the months.
    """
    braces = claim.part.orthodontics
    if braces is None:
        return
    total, remaining = braces.total_months, braces.remaining_months
    if (remaining or 0) < 0 or (total or 0) < 0 or (total is not None and (remaining or 0) > total):
        yield at(remaining=str(remaining), total=str(total))


FAILS = (dental_claim_with(orthodontics=Orthodontics(12, 18)),)
PASSES = (dental_claim_with(orthodontics=Orthodontics(18, 12)),)
