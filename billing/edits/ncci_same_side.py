"""An anatomic modifier sets two acts apart only where they were at two places."""

from __future__ import annotations

from collections.abc import Iterator

from billing.domain.professional import ProfessionalClaim
from billing.edits.bundled import ANATOMIC
from billing.edits.case import Case
from billing.edits.declare import Fault, at, edit
from billing.edits.example import EXAMPLE_FACTS, claim_with, line
from billing.edits.exampletables import paired
from clinic.domain.words import N_


@edit(
    "NCC-04",
    title=N_("Same side on both acts of a pair"),
    message=N_("%(code)s is part of %(first)s on line %(other)s, and both lines name the same place: %(modifier)s."),
    severity="warn",
    scope="claim",
    fields=("acts", "acts[].code"),
    when="case.bundled",
    once=True,
    source=(
        "NCCI Policy Manual for Medicare Services, chapter I; NCCI PTP edits of the quarter; section E: "
        "anatomic modifiers tell different sites apart"
    ),
    since="2026-11-24",
)
def ncci_same_side(claim: ProfessionalClaim, case: Case) -> Iterator[Fault]:
    """An anatomic modifier sets two acts apart only where they were at two places.

    What it checks:
        Where only anatomic modifiers stand on the lines of an NCCI pair with indicator 1, the two lines do not name
        the same places.

    Why payers deny:
        An act at the same place is part of the other one. The modifier passes the machine and fails the review; the
        money is asked back.

    How to fix:
        If they were at different places, correct the modifier of one line. If at the same place but apart in
        another way, say so with XE, XP, XS, XU or 59. Else take the second act off.
    """
    for bundle in case.bundled:
        lifted = bundle.lifted_by
        if bundle.rule.indicator != "1" or not lifted or not ANATOMIC.issuperset(lifted):
            continue
        one, two = (ANATOMIC.intersection(claim.acts[each].part.modifiers) for each in (bundle.first, bundle.second))
        if one == two:
            codes = case.codes
            yield at(
                f"acts[{bundle.second}].code",
                code=codes[bundle.second],
                first=codes[bundle.first],
                other=bundle.first + 1,
                modifier=" ".join(sorted(one)),
            )


_RIGHT = line(code="29881", modifiers=("RT",))

FACTS = EXAMPLE_FACTS.ruled_by(paired("29881", "29877", "1"))
FAILS = (claim_with(acts=(_RIGHT, line(number="2", code="29877", modifiers=("RT",)))),)
PASSES = (
    claim_with(acts=(_RIGHT, line(number="2", code="29877", modifiers=("LT",)))),
    claim_with(acts=(_RIGHT, line(number="2", code="29877", modifiers=("RT", "XS")))),
)
