"""A small surgery includes the visit of its day."""

from __future__ import annotations

from collections.abc import Iterator

from billing.domain.professional import ProfessionalClaim
from billing.edits.bundled import EVALUATION_MODIFIERS
from billing.edits.case import Case
from billing.edits.declare import Fault, at, edit
from billing.edits.example import EXAMPLE_FACTS, claim_with, line
from billing.edits.exampletables import lasting
from billing.edits.periods import own_surgeries, visits
from clinic.domain.words import N_


@edit(
    "GLB-01",
    title=N_("Visit on the day of a small surgery"),
    message=N_("%(code)s is part of %(surgery)s of the same day unless modifier 25 says it was more."),
    severity="warn",
    scope="claim",
    fields=("acts", "acts[].code"),
    when="case.ruled.surgeries",
    once=True,
    source=(
        "Medicare Claims Processing Manual, chapter 12, sections 30.6.6 and 40.1; global days of the loaded CPT release"
    ),
    since="2026-11-24",
)
def global_visit(claim: ProfessionalClaim, case: Case) -> Iterator[Fault]:
    """A small surgery includes the visit of its day.

    What it checks:
        A visit on the day of a surgery with 0 or 10 global days, by the same provider, has modifier 25 (or 24 or
        57).

    Why payers deny:
        The decision for a small surgery is paid with it. A visit without modifier 25 is denied as included.

    How to fix:
        If the visit was significant and apart from the decision for the surgery, and the note shows it, add
        modifier 25 to the visit. Else take it off.
    """
    for surgery in own_surgeries(claim, case, shortest=0, longest=10):
        for index in visits(claim, surgery, before=0):
            if EVALUATION_MODIFIERS.isdisjoint(claim.acts[index].part.modifiers):
                yield at(f"acts[{index}].code", code=case.codes[index], surgery=surgery.code)


_SURGERY = line(code="11102")

FACTS = EXAMPLE_FACTS.ruled_by(lasting(_11102=0))
FAILS = (claim_with(acts=(_SURGERY, line(number="2"))),)
PASSES = (claim_with(acts=(_SURGERY, line(number="2", modifiers=("25",)))),)
