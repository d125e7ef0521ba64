"""Some payers take fewer lines than the form holds."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from billing.edits.case import Case
from billing.edits.declare import Fault, at, edit
from billing.edits.example import claim_with, line
from billing.edits.exampleworlds import DEMANDING, asked_by
from billing.edits.facts import AnyClaim
from clinic.domain.words import N_


@edit(
    "LIN-04",
    title=N_("More lines than the payer takes"),
    message=N_("The claim has %(count)s lines; this payer takes %(most)s on one claim."),
    severity="block",
    scope="claim",
    fields=("acts",),
    when="case.profile.most_acts is not None and len(claim.acts) > case.profile.most_acts",
    kinds=("professional", "dental"),
    source="The payer's own limit, in its profile; 005010X222A1 2400 LX",
    since="2026-11-25",
)
def line_payer(claim: AnyClaim, case: Case) -> Iterator[Fault]:
    """Some payers take fewer lines than the form holds.

    What it checks:
        The claim has no more lines than the payer's profile says it takes.

    Why payers deny:
        The payer refuses the claim on arrival, or decides the first lines and drops the rest.

    How to fix:
        Divide the claim. Keep an act and its add-ons, and a visit and what was done at it, together.
    """
    most = case.profile.most_acts
    if most is not None and len(claim.acts) > most:
        yield at(count=len(claim.acts), most=most)


FACTS = asked_by(msgspec.structs.replace(DEMANDING, most_acts=2))

FAILS = (claim_with(acts=(line(code="93000"), line(number="2", code="85025"), line(number="3", code="80053"))),)
PASSES = (claim_with(acts=(line(code="93000"), line(number="2", code="85025"))),)
