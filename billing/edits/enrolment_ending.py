"""The enrolment outlasts the claim's way to the payer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from billing.edits.case import Case
from billing.edits.declare import Fault, at, edit
from billing.edits.example import EXAMPLE_FACTS, claim_with
from billing.edits.facts import AnyClaim
from clinic.domain.code import PAYER, Identifier
from clinic.domain.period import Period
from clinic.domain.words import N_

SOON = timedelta(days=14)


@edit(
    "ENR-02",
    title=N_("Enrolment ends soon"),
    message=N_("The enrolment under which this payer takes files ends on %(day)s; what arrives later is sent back."),
    severity="advise",
    scope="claim",
    fields=("coverage.payer",),
    when="case.facts.enrolled(claim) is not None",
    kinds=("professional", "dental"),
    source="45 CFR 162.915, trading partner agreements; Medicare Claims Processing Manual, chapter 24, section 30",
    since="2026-11-24",
)
def enrolment_ending(claim: AnyClaim, case: Case) -> Iterator[Fault]:
    """An enrolment counts on the day the payer gets the file, not on the day of the service.

    What it checks:
        Where the payer enrols, the enrolments in force on the day of judging, and those that go on from them without
        a gap, last two weeks longer.

    Why payers deny:
        A claim that is held until the enrolment is over is sent back unread, however early the service was.

    How to fix:
        Send it before that day, and renew the enrolment. Enter the new one on the payer's page, under Routes.
    """
    spans = case.facts.enrolled(claim)
    if not spans or case.profile.form != "837p":
        return
    last: date | None = None
    for span in sorted(spans, key=lambda each: each.start):
        if span.start.toordinal() > (last.toordinal() + 1 if last else case.on.toordinal()):
            break
        if span.end is None:
            return
        if span.end >= case.on:
            last = max(span.end, last or span.end)
    if last is not None and last - case.on <= SOON:
        yield at(day=last.isoformat())


def _enrolled(claim: AnyClaim) -> tuple[Period, ...] | None:
    """Three payers: one whose enrolment ends, one that has renewed it, one where it lasts a while."""
    return {
        "NW001": (Period(date(2025, 1, 1), date(2026, 3, 20)), Period(date(2026, 4, 1))),
        "NW002": (Period(date(2025, 1, 1), date(2026, 3, 20)), Period(date(2026, 3, 21), date(2027, 3, 20))),
        "NW003": (Period(date(2025, 1, 1), date(2026, 3, 24)),),
    }.get(claim.coverage.payer.identifier.value)


FACTS = replace(EXAMPLE_FACTS, enrolled=_enrolled)
FAILS = (claim_with(),)
PASSES = (
    claim_with(coverage__payer__identifier=Identifier(PAYER, "NW002")),
    claim_with(coverage__payer__identifier=Identifier(PAYER, "NW003")),
)
