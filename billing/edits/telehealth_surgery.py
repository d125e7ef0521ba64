"""Nobody operates by video."""

from __future__ import annotations

from collections.abc import Iterator

from billing.domain.professional import ProfessionalClaim
from billing.edits.declare import Fault, at, edit
from billing.edits.example import claim_with, line
from clinic.domain.words import N_


@edit(
    "TEL-02",
    title=N_("Work of the hand at a distance"),
    message=N_("%(code)s is done with the hands; place %(place)s says that the patient was elsewhere."),
    severity="warn",
    scope="claim",
    fields=("acts", "acts[].code"),
    when='case.apart or claim.part.place in ("02", "10")',
    source=(
        "CMS, Place of Service code set (02, 10) and list of telehealth services, which has no code of 10004 to 69990"
    ),
    since="2026-11-25",
)
def telehealth_surgery(claim: ProfessionalClaim) -> Iterator[Fault]:
    """Nobody operates by video.

    What it checks:
        No line at the places of telehealth (02 and 10) has a code of surgery (10004 to 69990), drawing of blood
        among them.

    Why payers deny:
        Such codes are not on the list of what may be done at a distance. The line is denied, and visits beside
        it are looked at again.

    How to fix:
        Correct the place of the line: where the patient was when it was done.
    """
    for index, act in enumerate(claim.acts):
        place, code = act.part.place or claim.part.place, act.code.value
        if place in {"02", "10"} and len(code) == 5 and code.isdecimal() and "10004" <= code <= "69990":
            yield at(f"acts[{index}].code", code=code, place=place)


FAILS = (claim_with(place="10", acts=(line(modifiers=("95",)), line(number="2", code="36415"))),)
PASSES = (
    claim_with(place="10", acts=(line(modifiers=("95",)),)),
    claim_with(place="10", acts=(line(modifiers=("95",)), line(number="2", code="36415", place="11"))),
)
