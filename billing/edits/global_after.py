"""A surgery's payment covers the visits after it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from billing.domain.professional import ProfessionalClaim
from billing.edits.case import Case
from billing.edits.declare import Fault, at, edit
from billing.edits.example import EXAMPLE_FACTS, claim_with, line
from billing.edits.exampletables import lasting
from billing.edits.periods import earlier_surgeries, visits
from clinic.domain.period import Period
from clinic.domain.words import N_


@edit(
    "GLB-03",
    title=N_("Visit after a surgery that includes it"),
    message=N_(
        "%(code)s falls into the %(days)s days after %(surgery)s of %(date)s (claim %(claim)s), which its "
        "payment covers."
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
def global_after(claim: ProfessionalClaim, case: Case) -> Iterator[Fault]:
    """A surgery's payment covers the visits after it.

    What it checks:
        No visit falls into the 10 or 90 days after a surgery of the same patient and provider on an earlier claim,
        unless modifier 24 says that it was for something else, or 57 that another surgery was decided.

    Why payers deny:
        Visits that belong to the recovery are paid with the surgery.

    How to fix:
        If the visit had nothing to do with the surgery, add modifier 24; the diagnosis has to show it. Else it is
        not billed.
    """
    if claim.frequency != "1":
        return
    for number, surgery in earlier_surgeries(claim, case):
        for index in visits(claim, surgery, after=surgery.days):
            if claim.acts[index].service.start > surgery.day and _APART.isdisjoint(claim.acts[index].part.modifiers):
                yield at(
                    f"acts[{index}].code",
                    code=case.codes[index],
                    days=surgery.days,
                    surgery=surgery.code,
                    date=surgery.day.isoformat(),
                    claim=number,
                )


_APART = frozenset({"24", "57"})

_BEFORE = claim_with(number="A0900", acts=(line(code="27130", service=Period(date(2026, 2, 2))),))

FACTS = EXAMPLE_FACTS.ruled_by(lasting(_27130=90)).knowing(_BEFORE)
FAILS = (claim_with(),)
PASSES = (
    claim_with(acts=(line(modifiers=("24",)),)),
    claim_with(acts=(line(service=Period(date(2026, 1, 5))),)),
)
