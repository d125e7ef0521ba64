"""Care given elsewhere names where."""

from __future__ import annotations

from collections.abc import Iterator

from billing.domain.professional import ProfessionalClaim
from billing.edits.declare import Fault, at, edit
from billing.edits.example import claim_with
from clinic.domain.party import Facility
from clinic.domain.person import Address, OrganizationName
from clinic.domain.words import N_

_FACILITIES = frozenset({"19", "21", "22", "23", "24", "31", "32", "34", "51", "52", "56", "61"})


@edit(
    "POS-02",
    title=N_("Care in a facility that is not named"),
    message=N_("Place %(place)s is a facility, but none is named."),
    severity="warn",
    scope="claim",
    fields=("part.facility",),
    when='claim.part.facility is None and claim.part.place != "11"',
    source="005010X222A1 2310C; Medicare Claims Processing Manual, chapter 26, section 10.4, item 32; CMS-1500 box 32",
    since="2026-11-24",
)
def place_facility(claim: ProfessionalClaim) -> Iterator[Fault]:
    """Care given elsewhere names where.

    What it checks:
        A claim for care in a hospital, surgery centre, nursing home or hospice names the facility with its
        address.

    Why payers deny:
        The billing address is not where it was done, and the payer prices by the place. It denies, or asks
        for the address.

    How to fix:
        Enter the facility as one of the practice's locations and choose it. If it was done in the office,
        correct the place.
    """
    if claim.part.facility is None and claim.part.place in _FACILITIES:
        yield at(place=claim.part.place)


_CENTER = Facility(
    name=OrganizationName("HARBOR SURGERY CENTER"), address=Address("1 PIER ROAD", "SALEM", None, "MA", "019700042")
)

FAILS = (claim_with(place="24"),)
PASSES = (claim_with(place="24", facility=_CENTER), claim_with(place="12"))
