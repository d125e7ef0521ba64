"""Who is visited as an inpatient is in the hospital on that day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from billing.domain.professional import ProfessionalClaim
from billing.edits.declare import Fault, at, edit
from billing.edits.example import claim_with
from clinic.domain.party import Facility
from clinic.domain.period import Period
from clinic.domain.person import Address, OrganizationName
from clinic.domain.words import N_

_INPATIENT = frozenset({"21", "51", "61"})


@edit(
    "HOS-02",
    title=N_("Inpatient visit outside of the stay"),
    message=N_("Place %(place)s is for inpatients, but %(date)s is outside of the stay on the claim."),
    severity="warn",
    scope="claim",
    fields=("acts", "acts[].service"),
    when="claim.part.hospital is not None",
    source=(
        "005010X222A1 2300 DTP*435 and DTP*096; Medicare Claims Processing Manual, chapter 26, section 10.4, item 18"
    ),
    since="2026-11-25",
)
def hospital_outside(claim: ProfessionalClaim) -> Iterator[Fault]:
    """Who is visited as an inpatient is in the hospital on that day.

    What it checks:
        Each line at a place for inpatients (21, 51, 61) lies within the dates of the stay on the claim. While
        the stay lasts its end is open.

    Why payers deny:
        The payer compares the day with the hospital's claim. Outside of the stay the line is denied, or the
        claim waits for the two to agree.

    How to fix:
        Correct the dates of the stay, or the place of the line: 23 in the emergency room before admission, 22
        as an outpatient.
    """
    stay = claim.part.hospital
    if stay is not None:
        for index, act in enumerate(claim.acts):
            place, service = act.part.place or claim.part.place, act.service
            if place in _INPATIENT and (
                service.start < stay.start or (stay.end is not None and service.last > stay.end)
            ):
                yield at(f"acts[{index}].service", place=place, date=service.start.isoformat())


_WARD = Facility(
    name=OrganizationName("HARBOR HOSPITAL"), address=Address("1 PIER ROAD", "SALEM", None, "MA", "019700042")
)

FAILS = (claim_with(place="21", facility=_WARD, hospital=Period(date(2026, 2, 20), date(2026, 2, 27))),)
PASSES = (
    claim_with(place="21", facility=_WARD, hospital=Period(date(2026, 2, 27))),
    claim_with(place="22", facility=_WARD, hospital=Period(date(2026, 2, 20), date(2026, 2, 27))),
)
