"""Who is an inpatient was admitted on a day."""

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


@edit(
    "HOS-01",
    title=N_("Inpatient visit without admission date"),
    message=N_("Place %(place)s is for inpatients, but the day of admission is not on the claim."),
    severity="warn",
    scope="claim",
    fields=("part.hospital",),
    when='claim.part.hospital is None and claim.part.place in ("21", "51", "61")',
    source="005010X222A1 2300 DTP*435; Medicare Claims Processing Manual, chapter 26, section 10.4, item 18",
    since="2026-11-24",
)
def hospital_dates(claim: ProfessionalClaim) -> Iterator[Fault]:
    """Who is an inpatient was admitted on a day.

    What it checks:
        A claim whose place of service is for inpatients (21, 51 or 61) has the date of admission.

    Why payers deny:
        The payer compares the visit with the hospital's own claim. Without the day of admission it is
        returned or waits.

    How to fix:
        Enter the dates of the stay; leave the end open while it lasts. If the patient was not admitted,
        choose the outpatient place.
    """
    if claim.part.hospital is None and claim.part.place in ("21", "51", "61"):
        yield at(place=claim.part.place)


_WARD = {
    "place": "21",
    "facility": Facility(
        name=OrganizationName("HARBOR HOSPITAL"), address=Address("1 PIER ROAD", "SALEM", None, "MA", "019700042")
    ),
}

FAILS = (claim_with(**_WARD),)
PASSES = (claim_with(**_WARD, hospital=Period(date(2026, 3, 1))), claim_with(**(_WARD | {"place": "22"})))
