"""A visit in a nursing facility is in one."""

from __future__ import annotations

from collections.abc import Iterator

from billing.domain.professional import ProfessionalActLine, ProfessionalClaim
from billing.edits.declare import Fault, at, edit
from billing.edits.example import claim_with, line
from clinic.domain.party import Facility
from clinic.domain.person import Address, OrganizationName
from clinic.domain.words import N_

_CODES = frozenset({"99304", "99305", "99306", "99307", "99308", "99309", "99310", "99315", "99316"})
_ELSEWHERE = frozenset({"11", "12", "13", "14", "19", "20", "21", "22", "23", "24", "33", "49", "50", "71", "72", "81"})


@edit(
    "POS-05",
    title=N_("Nursing facility visit that was elsewhere"),
    message=N_("%(code)s is a visit in a nursing facility; place %(place)s is none."),
    severity="warn",
    scope="line",
    fields=("acts[].code",),
    trigger_codes=_CODES,
    source="Medicare Claims Processing Manual, chapter 12, section 30.6.13; CMS, Place of Service code set",
    since="2026-11-25",
)
def place_nursing(claim: ProfessionalClaim, line: ProfessionalActLine) -> Iterator[Fault]:
    """A visit in a nursing facility is in one.

    What it checks:
        Lines with codes of nursing facility care (99304 to 99316) are not at an office, clinic, home, hospital
        or laboratory.

    Why payers deny:
        Code and place do not agree, and the line is denied.

    How to fix:
        Set the place to 31 while Medicare pays the stay, to 32 else, and name the facility. In assisted living
        choose the code of a visit at home.
    """
    place = line.part.place or claim.part.place
    if line.code.value in _CODES and place in _ELSEWHERE:
        yield at(code=line.code.value, place=place)


_WARD = Facility(
    name=OrganizationName("HARBOR HOSPITAL"), address=Address("1 PIER ROAD", "SALEM", None, "MA", "019700042")
)

FAILS = (claim_with(acts=(line(code="99308"),)),)
PASSES = (claim_with(place="31", facility=_WARD, acts=(line(code="99308"),)),)
