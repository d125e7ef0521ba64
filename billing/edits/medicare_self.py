"""In Medicare the patient is the subscriber."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from billing.edits.declare import Fault, at, edit
from billing.edits.example import MEDICARE, claim_with
from billing.edits.facts import AnyClaim
from clinic.domain.person import Person, PersonName
from clinic.domain.words import N_


@edit(
    "MCR-01",
    title=N_("Medicare patient who is not the subscriber"),
    message=N_("Medicare knows no dependants: the relationship is self (18), not %(relationship)s."),
    severity="block",
    scope="claim",
    fields=("coverage.relationship",),
    when='claim.coverage.relationship != "18"',
    payers=("medicare_b",),
    source="Medicare fee-for-service 837P edits, 2000B SBR02",
    since="2026-11-24",
)
def medicare_self(claim: AnyClaim) -> Iterator[Fault]:
    """Everyone has Medicare in their own name.

    What it checks:
        On a claim to Medicare Part B the patient is the subscriber.

    Why payers deny:
        Medicare covers each person alone. A claim with another subscriber is refused on arrival.

    How to fix:
        Set the relationship to self and take the member id of the patient's own card.
    """
    if claim.coverage.relationship != "18":
        yield at(relationship=claim.coverage.relationship, fix='"18"')


_SPOUSE = Person(PersonName("ALVAREZ", "TOMAS"), date(1950, 2, 3), "M")

FAILS = (claim_with(**MEDICARE, coverage__relationship="01", coverage__subscriber=_SPOUSE),)
PASSES = (
    claim_with(**MEDICARE),
    claim_with(coverage__filing="CI", coverage__relationship="01", coverage__subscriber=_SPOUSE),
)
