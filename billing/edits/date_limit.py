"""The claim reaches the payer in time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from billing.edits.case import Case
from billing.edits.declare import Fault, at, edit
from billing.edits.example import EXAMPLE_FACTS, MEDICARE, claim_with, line
from billing.edits.facts import AnyClaim
from clinic.domain.period import Period
from clinic.domain.words import N_


@edit(
    "DAT-04",
    title=N_("Past the payer's filing limit"),
    message=N_("The payer takes claims up to %(days)s days after the service; the limit was %(limit)s."),
    severity="warn",
    scope="claim",
    fields=("acts",),
    when=(
        "case.last_day is not None and case.profile.filing_limit_days is not None "
        "and case.on.toordinal() - case.last_day.toordinal() > case.profile.filing_limit_days"
    ),
    kinds=("professional", "dental"),
    source="42 CFR 424.44 for Medicare; the practice's contract for others",
    since="2026-11-24",
)
def date_limit(claim: AnyClaim, case: Case) -> Iterator[Fault]:
    """Every payer stops taking claims some time after the service.

    What it checks:
        An original claim to the first payer is judged within the filing limit of the payer's profile, counted from the
        last day of service.

    Why payers deny:
        A claim past the limit is denied for good, and the patient may not be asked to pay instead.

    How to fix:
        Send it today if the contract allows more than the profile says. Past the limit send it with proof that it was
        sent in time before, or with the reason for the delay that the payer accepts.
    """
    days, last = case.profile.filing_limit_days, case.last_day
    if days is None or last is None or claim.frequency != "1" or claim.coverage.rank != "P":
        return
    if case.on.toordinal() - last.toordinal() > days:
        yield at(days=days, limit=(last + timedelta(days=days)).isoformat())


_OCTOBER = (line(service=Period(date(2025, 10, 6))),)

FACTS = EXAMPLE_FACTS.judged_on(date(2026, 3, 9))
FAILS = (claim_with(acts=_OCTOBER),)
PASSES = (claim_with(acts=_OCTOBER, **MEDICARE), claim_with(acts=(line(service=Period(date(2026, 1, 5))),)))
