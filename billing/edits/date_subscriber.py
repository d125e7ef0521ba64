"""Who holds a policy was born before it was used."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from billing.edits.case import Case
from billing.edits.declare import Fault, at, edit
from billing.edits.example import claim_with
from billing.edits.facts import AnyClaim
from clinic.domain.person import Person, PersonName
from clinic.domain.words import N_


@edit(
    "DAT-09",
    title=N_("Subscriber born after the service"),
    message=N_("The subscriber was born on %(birth)s, after the first service on %(date)s."),
    severity="block",
    scope="claim",
    fields=("coverage.subscriber.birth",),
    when=(
        "claim.coverage.subscriber is not None and claim.coverage.subscriber.birth is not None and "
        "case.day is not None and claim.coverage.subscriber.birth > case.day"
    ),
    kinds=("professional", "dental"),
    makes_redundant=("SUB-08",),
    source="005010X222A1 2010BA DMG02; CMS-1500 box 11a",
    since="2026-11-25",
)
def date_subscriber(claim: AnyClaim, case: Case) -> Iterator[Fault]:
    """Who holds a policy was born before it was used.

    What it checks:
        The subscriber's birth date does not lie after the first day of service.

    Why payers deny:
        The payer does not find the subscriber by that date, and refuses the claim on arrival.

    How to fix:
        Correct the birth date with the policy; the century is a slip that is seen often.
    """
    subscriber, day = claim.coverage.subscriber, case.day
    if subscriber is not None and subscriber.birth is not None and day is not None and subscriber.birth > day:
        yield at(birth=subscriber.birth.isoformat(), date=day.isoformat())


FAILS = (
    claim_with(
        coverage__relationship="01", coverage__subscriber=Person(PersonName("ALVAREZ", "TOMAS"), date(2050, 2, 3), "M")
    ),
)
PASSES = (
    claim_with(
        coverage__relationship="01", coverage__subscriber=Person(PersonName("ALVAREZ", "TOMAS"), date(1950, 2, 3), "M")
    ),
)
