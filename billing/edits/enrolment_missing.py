"""The payer takes the file from somebody on the claim."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from billing.edits.case import Case
from billing.edits.declare import Fault, at, edit
from billing.edits.example import EXAMPLE_FACTS, claim_with
from billing.edits.facts import AnyClaim
from clinic.domain.code import PAYER, Identifier
from clinic.domain.period import Period
from clinic.domain.words import N_


@edit(
    "ENR-01",
    title=N_("Nobody on the claim is enrolled"),
    message=N_("The payer takes files only from those it has enrolled, and on %(day)s nobody on this claim is."),
    severity="block",
    scope="claim",
    fields=("coverage.payer",),
    when="case.facts.enrolled(claim) is not None",
    kinds=("professional", "dental"),
    source="45 CFR 162.915, trading partner agreements; Medicare Claims Processing Manual, chapter 24, section 30",
    since="2026-11-24",
)
def enrolment_missing(claim: AnyClaim, case: Case) -> Iterator[Fault]:
    """Many payers take electronic claims only from practices and providers they have agreed it with.

    What it checks:
        Where the payer's route says that it enrols, the practice or somebody who rendered a line has an enrolment for
        the claim's file that is in force on the day of judging. On which day the service was does not matter. Claims
        that go on paper are not looked at, nor those of a payer of whom nothing is known.

    Why payers deny:
        The clearinghouse or the payer's front end sends the claim back before anyone reads it.

    How to fix:
        Enrol with the payer and enter its answer on the payer's page, under Routes. If the payer takes files from
        anyone, say so on the route.
    """
    spans = case.facts.enrolled(claim)
    if spans is None or case.profile.form != "837p":
        return
    for span in spans:
        if span.start <= case.on and (span.end is None or case.on <= span.end):
            return
    yield at(day=case.on.isoformat())


def _enrolled(claim: AnyClaim) -> tuple[Period, ...] | None:
    """Three payers: one whose enrolment is over and not yet renewed, one that enrolled us, one that takes all files."""
    return {
        "NW001": (Period(date(2025, 1, 1), date(2026, 3, 8)), Period(date(2026, 4, 1))),
        "NW002": (Period(date(2026, 3, 9)),),
    }.get(claim.coverage.payer.identifier.value)


FACTS = replace(EXAMPLE_FACTS, enrolled=_enrolled)
FAILS = (claim_with(),)
PASSES = (
    claim_with(coverage__payer__identifier=Identifier(PAYER, "NW002")),
    claim_with(coverage__payer__identifier=Identifier(PAYER, "NW003")),
)
