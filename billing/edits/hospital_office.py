"""Who is in hospital is not in the office."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from billing.domain.professional import ProfessionalClaim
from billing.edits.declare import Fault, at, edit
from billing.edits.example import claim_with
from clinic.domain.period import Period
from clinic.domain.words import N_

_OFFICES = frozenset({"11", "49", "50", "71", "72"})


@edit(
    "HOS-03",
    title=N_("Office visit while in hospital"),
    message=N_(
        "%(date)s lies within the stay, and place %(place)s is an office; who is an inpatient has place "
        "21 wherever seen."
    ),
    severity="warn",
    scope="claim",
    fields=("acts", "acts[].service"),
    when="claim.part.hospital is not None",
    source=(
        "Medicare Claims Processing Manual, chapter 26, section 10.5; CMS Change Request 7631: an "
        "inpatient has place 21 wherever seen"
    ),
    since="2026-11-25",
)
def hospital_office(claim: ProfessionalClaim) -> Iterator[Fault]:
    """Who is in hospital is not in the office.

    What it checks:
        No line at an office or clinic (11, 49, 50, 71, 72) lies between the first and the last day of the stay
        on the claim.

    Why payers deny:
        Payers take back what they paid at the price of an office for days on which the hospital bills an
        inpatient.

    How to fix:
        If the patient was brought from the hospital, set place 21 and name the hospital. Else correct the dates
        of the stay.
    """
    stay = claim.part.hospital
    if stay is not None and stay.end is not None:
        for index, act in enumerate(claim.acts):
            place = act.part.place or claim.part.place
            if place in _OFFICES and stay.start < act.service.start < stay.end:
                yield at(f"acts[{index}].service", place=place, date=act.service.start.isoformat())


FAILS = (claim_with(hospital=Period(date(2026, 2, 27), date(2026, 3, 5))),)
PASSES = (claim_with(hospital=Period(date(2026, 2, 20), date(2026, 3, 2))),)
