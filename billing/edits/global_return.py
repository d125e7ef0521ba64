"""A surgery in the days after another says why."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from billing.domain.professional import ProfessionalClaim
from billing.edits.case import Case
from billing.edits.declare import Fault, at, edit
from billing.edits.example import EXAMPLE_FACTS, claim_with, line
from billing.edits.exampletables import lasting
from billing.edits.periods import earlier_surgeries
from clinic.domain.period import Period
from clinic.domain.words import N_


@edit(
    "GLB-04",
    title=N_("Surgery after another that includes it"),
    message=N_(
        "%(code)s falls into the %(days)s days after %(surgery)s of %(date)s (claim %(claim)s); no modifier "
        "says why it is paid apart."
    ),
    severity="warn",
    scope="claim",
    fields=("acts", "acts[].code"),
    when='claim.frequency == "1" and case.earlier',
    once=True,
    source=(
        "Medicare Claims Processing Manual, chapter 12, sections 30.6.6 and 40.1; global days of the loaded CPT release"
    ),
    since="2026-11-24",
)
def global_return(claim: ProfessionalClaim, case: Case) -> Iterator[Fault]:
    """A surgery in the days after another says why.

    What it checks:
        A surgery in the 10 or 90 days after another of the same patient and provider on an earlier claim has
        modifier 58 (staged), 78 (return to the operating room) or 79 (unrelated).

    Why payers deny:
        Without one of them it is taken for a part of the recovery and denied.

    How to fix:
        Add the modifier that says how the two belong together.
    """
    if claim.frequency != "1" or not case.ruled.surgeries:
        return
    for number, surgery in earlier_surgeries(claim, case):
        for index, _ in case.ruled.surgeries:
            act = claim.acts[index]
            if surgery.covers(claim, act) and act.service.start > surgery.day and _SAYS.isdisjoint(act.part.modifiers):
                yield at(
                    f"acts[{index}].code",
                    code=case.codes[index],
                    days=surgery.days,
                    surgery=surgery.code,
                    date=surgery.day.isoformat(),
                    claim=number,
                )


_SAYS = frozenset({"58", "78", "79"})

_BEFORE = claim_with(number="A0900", acts=(line(code="27130", service=Period(date(2026, 2, 2))),))

FACTS = EXAMPLE_FACTS.ruled_by(lasting(_27130=90, _11102=0)).knowing(_BEFORE)
FAILS = (claim_with(acts=(line(code="11102"),)),)
PASSES = (claim_with(acts=(line(code="11102", modifiers=("79",)),)),)
