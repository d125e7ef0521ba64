"""Corrections have a limit too."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from billing.edits.case import Case
from billing.edits.declare import Fault, at, edit
from billing.edits.example import claim_with, line
from billing.edits.facts import AnyClaim
from clinic.domain.period import Period
from clinic.domain.words import N_


@edit(
    "DAT-08",
    title=N_("Replacement after the limit for originals"),
    message=N_(
        "The service was %(days)s days ago; originals are taken for %(limit)s days, and replacements often no longer."
    ),
    severity="advise",
    scope="claim",
    fields=("frequency",),
    when=(
        'claim.frequency != "1" and claim.frequency == "7" and case.last_day is not None and '
        "case.profile.filing_limit_days is not None and case.on.toordinal() - case.last_day.toordinal() "
        "> case.profile.filing_limit_days"
    ),
    kinds=("professional", "dental"),
    source="The payer's filing limit, in its profile; for Medicare 42 CFR 405.980 (reopenings within a year)",
    since="2026-11-25",
)
def date_replacement(claim: AnyClaim, case: Case) -> Iterator[Fault]:
    """Corrections have a limit too.

    What it checks:
        A replacement to the first payer is judged within the payer's filing limit, counted from the last day of
        service. Some payers count from their answer and take it longer.

    Why payers deny:
        A replacement that comes late is refused, and the answer to the first claim stands.

    How to fix:
        Look in the contract from when corrections are counted. Send it today, or ask for a review of the first
        claim instead.
    """
    limit, last = case.profile.filing_limit_days, case.last_day
    if claim.frequency == "7" and claim.coverage.rank == "P" and limit is not None and last is not None:
        days = case.on.toordinal() - last.toordinal()
        if days > limit:
            yield at(days=days, limit=limit)


FAILS = (claim_with(frequency="7", replaces="2025060001234", acts=(line(service=Period(date(2025, 10, 6))),)),)
PASSES = (claim_with(frequency="7", replaces="2026060001234"),)
