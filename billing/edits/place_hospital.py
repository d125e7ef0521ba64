"""Who is visited in hospital is in a hospital."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from billing.domain.professional import ProfessionalActLine, ProfessionalClaim
from billing.edits.declare import Fault, at, edit
from billing.edits.example import claim_with, line
from clinic.domain.party import Facility
from clinic.domain.period import Period
from clinic.domain.person import Address, OrganizationName
from clinic.domain.words import N_

_CODES = frozenset({"99221", "99222", "99223", "99231", "99232", "99233", "99234", "99235", "99236", "99238", "99239"})
_ELSEWHERE = frozenset({"11", "12", "13", "14", "20", "31", "32", "33", "49", "50", "71", "72", "81"})


@edit(
    "POS-04",
    title=N_("Hospital visit that was not in a hospital"),
    message=N_("%(code)s is a visit to a patient in hospital; place %(place)s is none."),
    severity="warn",
    scope="line",
    fields=("acts[].code",),
    trigger_codes=_CODES,
    source=(
        "Medicare Claims Processing Manual, chapter 12, sections 30.6.8 and 30.6.9; CMS, Place of Service code set"
    ),
    since="2026-11-25",
)
def place_hospital(claim: ProfessionalClaim, line: ProfessionalActLine) -> Iterator[Fault]:
    """Who is visited in hospital is in a hospital.

    What it checks:
        Lines with codes of hospital care, inpatient or observation (99221 to 99239), are not at an office,
        clinic, home, nursing facility or laboratory.

    Why payers deny:
        The payer compares the visit with the hospital's claim and finds no stay. The line is denied.

    How to fix:
        Set the place to the hospital (21 inpatient, 22 observation) and name it, or choose the code of an
        office visit.
    """
    place = line.part.place or claim.part.place
    if line.code.value in _CODES and place in _ELSEWHERE:
        yield at(code=line.code.value, place=place)


_WARD = Facility(
    name=OrganizationName("HARBOR HOSPITAL"), address=Address("1 PIER ROAD", "SALEM", None, "MA", "019700042")
)

FAILS = (claim_with(acts=(line(code="99232"),)),)
PASSES = (claim_with(place="21", hospital=Period(date(2026, 3, 1)), facility=_WARD, acts=(line(code="99232"),)),)
