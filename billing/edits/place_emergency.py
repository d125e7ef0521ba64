"""An emergency visit is in an emergency department."""

from __future__ import annotations

from collections.abc import Iterator

from billing.domain.professional import ProfessionalActLine, ProfessionalClaim
from billing.edits.declare import Fault, at, edit
from billing.edits.example import claim_with, line
from clinic.domain.party import Facility
from clinic.domain.person import Address, OrganizationName
from clinic.domain.words import N_

_CODES = frozenset({"99281", "99282", "99283", "99284", "99285"})
_ELSEWHERE = frozenset({"11", "12", "13", "14", "20", "24", "31", "32", "33", "49", "50", "71", "72", "81"})


@edit(
    "POS-06",
    title=N_("Emergency visit outside of an emergency room"),
    message=N_("%(code)s is a visit in a hospital's emergency department; place %(place)s is none."),
    severity="warn",
    scope="line",
    fields=("acts[].code",),
    trigger_codes=_CODES,
    source="Medicare Claims Processing Manual, chapter 12, section 30.6.11; CMS, Place of Service code set",
    since="2026-11-25",
)
def place_emergency(claim: ProfessionalClaim, line: ProfessionalActLine) -> Iterator[Fault]:
    """An emergency visit is in an emergency department.

    What it checks:
        Lines with codes of emergency department visits (99281 to 99285) are not at an office, urgent care,
        clinic, home, nursing facility, surgery centre or laboratory.

    Why payers deny:
        The codes are for a hospital's department that is open day and night. Elsewhere the line is denied.

    How to fix:
        An urgent visit in the office is an office visit. If it was in the emergency department, set the place
        to 23.
    """
    place = line.part.place or claim.part.place
    if line.code.value in _CODES and place in _ELSEWHERE:
        yield at(code=line.code.value, place=place)


_WARD = Facility(
    name=OrganizationName("HARBOR HOSPITAL"), address=Address("1 PIER ROAD", "SALEM", None, "MA", "019700042")
)

FAILS = (claim_with(acts=(line(code="99283"),)),)
PASSES = (claim_with(place="23", facility=_WARD, acts=(line(code="99283"),)),)
