"""An add-on is done on the day of its primary."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from billing.domain.professional import ProfessionalClaim
from billing.edits.addons import lonely
from billing.edits.case import Case
from billing.edits.declare import Fault, at, edit
from billing.edits.example import EXAMPLE_FACTS, claim_with, line
from billing.edits.exampletables import added
from clinic.domain.period import Period
from clinic.domain.words import N_


@edit(
    "ADD-04",
    title=N_("Add-on on another day than its primary"),
    message=N_("%(code)s stands on %(date)s; its primary act is on another day of the claim."),
    severity="warn",
    scope="claim",
    fields=("acts", "acts[].code"),
    when="case.ruled.addons",
    once=True,
    makes_redundant=("ADD-02",),
    source="NCCI Policy Manual for Medicare Services, chapter I, section R; add-on code edits of the quarter",
    since="2026-11-24",
)
def addon_other_day(claim: ProfessionalClaim, case: Case) -> Iterator[Fault]:
    """An add-on is done on the day of its primary.

    What it checks:
        Where a primary of an add-on code stands on the claim, one stands on the day of the add-on.

    Why payers deny:
        Payers look for the primary on the same day. On another day the add-on stands alone and is denied.

    How to fix:
        Correct the date of one of the two lines.
    """
    for addon in lonely(claim, case):
        if addon.other_day and addon.rule.kind != "2":
            day = claim.acts[addon.line].service.start
            yield at(f"acts[{addon.line}].code", code=case.codes[addon.line], date=day.isoformat())


_NEXT = Period(date(2026, 3, 3))

FACTS = EXAMPLE_FACTS.ruled_by(added("11103", "1", "11102"))
FAILS = (claim_with(acts=(line(code="11102"), line(number="2", code="11103", service=_NEXT))),)
PASSES = (claim_with(acts=(line(code="11102", service=_NEXT), line(number="2", code="11103", service=_NEXT))),)
