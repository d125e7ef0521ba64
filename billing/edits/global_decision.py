"""A large surgery includes the visit of its day and of the day before."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from billing.domain.professional import ProfessionalClaim
from billing.edits.bundled import EVALUATION_MODIFIERS
from billing.edits.case import Case
from billing.edits.declare import Fault, at, edit
from billing.edits.example import EXAMPLE_FACTS, claim_with, line
from billing.edits.exampletables import lasting
from billing.edits.periods import own_surgeries, visits
from clinic.domain.period import Period
from clinic.domain.words import N_


@edit(
    "GLB-02",
    title=N_("Visit before a large surgery"),
    message=N_(
        "%(code)s is part of %(surgery)s of that day or the next unless modifier 57 says that the surgery "
        "was decided then."
    ),
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
def global_decision(claim: ProfessionalClaim, case: Case) -> Iterator[Fault]:
    """A large surgery includes the visit of its day and of the day before.

    What it checks:
        A visit on the day of a surgery with 90 global days or on the day before, by the same provider, has modifier
        57 (or 24 or 25).

    Why payers deny:
        The visit is paid with the surgery, unless it is the one at which the surgery was decided.

    How to fix:
        If the surgery was decided at the visit, add modifier 57 to it. Else take it off.
    """
    for surgery in own_surgeries(claim, case, shortest=90, longest=90):
        for index in visits(claim, surgery, before=1):
            if EVALUATION_MODIFIERS.isdisjoint(claim.acts[index].part.modifiers):
                yield at(f"acts[{index}].code", code=case.codes[index], surgery=surgery.code)


_SURGERY = line(number="2", code="27130", service=Period(date(2026, 3, 3)))

FACTS = EXAMPLE_FACTS.ruled_by(lasting(_27130=90))
FAILS = (claim_with(acts=(line(), line(number="2", code="27130"))), claim_with(acts=(line(), _SURGERY)))
PASSES = (claim_with(acts=(line(modifiers=("57",)), _SURGERY)),)
