"""A predetermination has no day of service."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from billing.domain.dental import DentalClaim
from billing.edits.declare import Fault, at, edit
from billing.edits.exampledental import dental_claim_with, dental_line, on
from clinic.domain.period import Period
from clinic.domain.words import N_


@edit(
    "DEN-27",
    title=N_("Predetermination of several days"),
    message=N_("The claim asks what would be paid, and its lines have several days."),
    severity="block",
    scope="claim",
    when="claim.part.predetermination",
    fields=("acts",),
    source="ASC X12N 005010X224A2, 2300 CLM19 and DTP 472",
    since="2026-11-25",
    kinds=("dental",),
)
def predetermination_days(claim: DentalClaim) -> Iterator[Fault]:
    """A predetermination has no day of service.

    What it checks:
        All lines of a predetermination have the one day on which it is asked.

    Why payers deny:
        A question with days of service is taken for a claim, paid or denied, and the benefit is used up.

    How to fix:
        Give all lines the day on which it is asked, or send what was done as a claim.
    """
    if claim.part.predetermination and len({act.service for act in claim.acts}) > 1:
        yield at("acts")


FAILS = (
    dental_claim_with(
        predetermination=True,
        acts=(dental_line(), dental_line(number="2", teeth=on("30:MO"), service=Period(date(2026, 3, 3)))),
    ),
)
PASSES = (dental_claim_with(predetermination=True),)
