"""What is told of the illness has happened."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from billing.domain.professional import ClaimDate, ProfessionalClaim
from billing.edits.case import Case
from billing.edits.declare import Fault, at, edit
from billing.edits.example import claim_with
from clinic.domain.words import N_


@edit(
    "DAT-05",
    title=N_("Date of the illness in the future"),
    message=N_("%(date)s lies after %(today)s, the day of the claim."),
    severity="block",
    scope="claim",
    fields=("part.dates", "part.dates[].on", "part.hospital.start"),
    when="claim.part.dates or claim.part.hospital is not None",
    makes_redundant=("DAT-06",),
    source="005010X222A1 2300 DTP03",
    since="2026-11-24",
)
def date_fact_future(claim: ProfessionalClaim, case: Case) -> Iterator[Fault]:
    """What is told of the illness has happened.

    What it checks:
        No date of the claim (onset, accident, admission and the like) lies after the day on which it is
        judged.

    Why payers deny:
        A date that has not come yet states what is false, and is refused on arrival.

    How to fix:
        Correct the date, often the year.
    """
    for index, fact in enumerate(claim.part.dates):
        if fact.on > case.on:
            yield at(f"part.dates[{index}].on", date=fact.on.isoformat(), today=case.on.isoformat())
    hospital = claim.part.hospital
    if hospital is not None and hospital.start > case.on:
        yield at("part.hospital.start", date=hospital.start.isoformat(), today=case.on.isoformat())


FAILS = (claim_with(dates=(ClaimDate("431", date(2026, 3, 10)),)),)
PASSES = (claim_with(dates=(ClaimDate("431", date(2026, 2, 20)),)),)
