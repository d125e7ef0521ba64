"""The date of an accident goes with an accident."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from billing.domain.professional import ClaimDate, ProfessionalClaim
from billing.edits.declare import Fault, at, edit
from billing.edits.example import claim_with
from clinic.domain.words import N_


@edit(
    "ACC-05",
    title=N_("Date of an accident without an accident"),
    message=N_("The claim has the date of an accident, %(date)s, and says of none."),
    severity="warn",
    scope="claim",
    fields=("part.accident", "part.dates"),
    when="claim.part.dates and not claim.part.accident",
    kinds=("professional", "dental"),
    source=("005010X222A1 2300 DTP*439: where CLM11 says of an accident, else not used; CMS-1500 boxes 10 and 15"),
    since="2026-11-25",
)
def accident_unsaid(claim: ProfessionalClaim) -> Iterator[Fault]:
    """The date of an accident goes with an accident.

    What it checks:
        A claim with the date of an accident (439) says whether it was at work, in traffic or otherwise.

    Why payers deny:
        The payer sees an accident and not whose: it holds the claim and sends the patient a questionnaire.

    How to fix:
        Mark what kind of accident it was, or take the date out. The date of onset of an illness is another
        (431).
    """
    if not claim.part.accident:
        for fact in claim.part.dates:
            if fact.qualifier == "439":
                yield at(date=fact.on.isoformat())
                return


FAILS = (claim_with(dates=(ClaimDate("439", date(2026, 3, 1)),)),)
PASSES = (
    claim_with(dates=(ClaimDate("431", date(2026, 3, 1)),)),
    claim_with(accident=("OA",), dates=(ClaimDate("439", date(2026, 3, 1)),)),
)
