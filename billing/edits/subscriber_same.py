"""Nobody is a dependant of themselves."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from billing.edits.declare import Fault, at, edit
from billing.edits.example import CLEAN_CLAIM, claim_with
from billing.edits.facts import AnyClaim
from clinic.domain.person import Person, PersonName
from clinic.domain.words import N_


@edit(
    "SUB-05",
    title=N_("Patient who seems to be the subscriber"),
    message=N_("The subscriber has the patient's name and birth date; then the relationship is self (18)."),
    severity="warn",
    scope="claim",
    fields=("coverage.relationship",),
    when='claim.coverage.relationship != "18" and claim.coverage.subscriber is not None',
    kinds=("professional", "dental"),
    source="005010X222A1 2000B SBR02 and 2000C: the patient loop is for somebody else",
    since="2026-11-24",
)
def subscriber_same(claim: AnyClaim) -> Iterator[Fault]:
    """Nobody is a dependant of themselves.

    What it checks:
        A subscriber said to be somebody else differs from the patient in name or birth date.

    Why payers deny:
        The payer looks for a dependant of that name under the policy and finds none.

    How to fix:
        Set the relationship to self. If father and child share the name, check the two birth dates.
    """
    subscriber, patient = claim.coverage.subscriber, claim.patient
    if (
        claim.coverage.relationship != "18"
        and subscriber is not None
        and subscriber.birth is not None
        and subscriber.birth == patient.birth
        and (subscriber.name.last, subscriber.name.first) == (patient.name.last, patient.name.first)
    ):
        yield at()


FAILS = (claim_with(coverage__relationship="01", coverage__subscriber=CLEAN_CLAIM.patient),)
PASSES = (
    claim_with(
        coverage__relationship="19",
        coverage__subscriber=Person(PersonName("ALVAREZ", "NORA"), date(1958, 2, 3), "F"),
    ),
)
