"""What is treated came first."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from billing.domain.professional import ClaimDate, ProfessionalClaim
from billing.edits.case import Case
from billing.edits.declare import Fault, at, edit
from billing.edits.example import claim_with
from clinic.domain.words import N_

_BEGINNINGS = frozenset({"431", "439", "453", "484"})


@edit(
    "DAT-06",
    title=N_("Illness that began after the visit"),
    message=N_("%(date)s lies after the last service on %(last)s."),
    severity="block",
    scope="claim",
    fields=("part.dates", "part.dates[].on"),
    when="claim.part.dates and case.last_day is not None",
    source="005010X222A1 2300 DTP*431, DTP*439, DTP*453 and DTP*484; CMS-1500 boxes 14 and 15",
    since="2026-11-24",
)
def date_fact_order(claim: ProfessionalClaim, case: Case) -> Iterator[Fault]:
    """What is treated came first.

    What it checks:
        Onset, accident, acute manifestation and last period do not lie after the last day of service.

    Why payers deny:
        Nobody is treated for what has not happened. The payer asks which of the two dates is wrong.

    How to fix:
        Correct the date of the illness or the dates of the lines.
    """
    last = case.last_day
    if last is not None:
        for index, fact in enumerate(claim.part.dates):
            if fact.qualifier in _BEGINNINGS and fact.on > last:
                yield at(f"part.dates[{index}].on", date=fact.on.isoformat(), last=last.isoformat())


FAILS = (claim_with(dates=(ClaimDate("431", date(2026, 3, 3)),)),)
PASSES = (claim_with(dates=(ClaimDate("431", date(2026, 3, 2)),)),)
