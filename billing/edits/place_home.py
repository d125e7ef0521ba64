"""A visit at home is at a home."""

from __future__ import annotations

from collections.abc import Iterator

from billing.domain.professional import ProfessionalActLine, ProfessionalClaim
from billing.edits.declare import Fault, at, edit
from billing.edits.example import claim_with, line
from clinic.domain.words import N_

_CODES = frozenset({"99341", "99342", "99343", "99344", "99345", "99347", "99348", "99349", "99350"})
_ELSEWHERE = frozenset({"11", "19", "20", "21", "22", "23", "24", "31", "32", "49", "50", "51", "61", "71", "72", "81"})


@edit(
    "POS-03",
    title=N_("Visit at home that was elsewhere"),
    message=N_("%(code)s is a visit at the patient's home; place %(place)s is none."),
    severity="warn",
    scope="line",
    fields=("acts[].code",),
    trigger_codes=_CODES,
    source="Medicare Claims Processing Manual, chapter 12, section 30.6.14; CMS, Place of Service code set",
    since="2026-11-25",
)
def place_home(claim: ProfessionalClaim, line: ProfessionalActLine) -> Iterator[Fault]:
    """A visit at home is at a home.

    What it checks:
        Lines with codes of visits at home or in a residence (99341 to 99350) are not at an office, clinic,
        hospital, surgery centre, nursing facility or laboratory.

    Why payers deny:
        The code and the place set the price together. Where they do not agree the line is denied.

    How to fix:
        Set the place to where the patient lives (12 home, 13 or 14 assisted living or group home, 33 custodial
        care), or choose the code of a visit at the place that is named.
    """
    place = line.part.place or claim.part.place
    if line.code.value in _CODES and place in _ELSEWHERE:
        yield at(code=line.code.value, place=place)


FAILS = (claim_with(acts=(line(code="99348"),)),)
PASSES = (claim_with(place="12", acts=(line(code="99348"),)),)
