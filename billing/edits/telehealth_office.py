"""Care at a distance has places of its own."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from billing.domain.professional import ProfessionalActLine, ProfessionalClaim
from billing.edits.declare import Fault, at, edit
from billing.edits.example import claim_with, line
from clinic.domain.words import N_

_REMOTE = frozenset({"93", "95", "GQ", "GT"})
_CAME = frozenset({"11", "49", "50", "71", "72"})
_SINCE = date(2024, 1, 1)
"""Until then Medicare asked for the place of a visit in person (the public health emergency and the year after it)."""


@edit(
    "TEL-01",
    title=N_("Telehealth modifier at a place where the patient came"),
    message=N_(
        "Modifier %(modifier)s says that the patient was elsewhere; place %(place)s says that the patient came."
    ),
    severity="warn",
    scope="line",
    fields=("acts[].part.modifiers",),
    when=(
        'line.part.modifiers and (line.part.place or claim.part.place) in ("11", "49", "50", "71", "72")'
        ' and ("95" in line.part.modifiers or "93" in line.part.modifiers or "GT" in line.part.modifiers'
        ' or "GQ" in line.part.modifiers)'
    ),
    source=(
        "CMS, Place of Service code set (02, 10); Medicare Claims Processing Manual, chapter 12, "
        "section 190; CY 2024 Physician Fee Schedule final rule"
    ),
    since="2026-11-25",
)
def telehealth_office(claim: ProfessionalClaim, line: ProfessionalActLine) -> Iterator[Fault]:
    """Care at a distance has places of its own.

    What it checks:
        From 2024 a line with modifier 93, 95, GQ or GT is not at an office or clinic (11, 49, 50, 71, 72), but
        at 10 where the patient was at home, or 02. Until the end of 2023 the place was that of a visit in
        person.

    Why payers deny:
        The place sets the price. Where it does not go with the modifier the line is denied, or paid and later
        taken back.

    How to fix:
        If it was by video or telephone, set the place to 10 or 02. If the patient came, take the modifier out.
    """
    place = line.part.place or claim.part.place
    if place in _CAME and line.service.start >= _SINCE:
        for modifier in line.part.modifiers:
            if modifier in _REMOTE:
                yield at(modifier=modifier, place=place)
                return


FAILS = (claim_with(acts=(line(modifiers=("95",)),)),)
PASSES = (claim_with(place="10", acts=(line(modifiers=("95",)),)),)
