"""Parents are older than their children."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from billing.edits.declare import Fault, at, edit
from billing.edits.example import claim_with
from billing.edits.facts import AnyClaim
from clinic.domain.person import Person, PersonName
from clinic.domain.words import N_


@edit(
    "SUB-08",
    title=N_("Child that is older than the subscriber"),
    message=N_(
        "The patient is said to be a child of the subscriber, who was born on %(birth)s, not before the patient."
    ),
    severity="warn",
    scope="claim",
    fields=("coverage.subscriber.birth",),
    when='claim.coverage.subscriber is not None and claim.coverage.relationship == "19"',
    kinds=("professional", "dental"),
    source="005010X222A1 2000C PAT01 (19) and 2010BA DMG02; CMS-1500 boxes 6 and 11a",
    since="2026-11-25",
)
def subscriber_child(claim: AnyClaim) -> Iterator[Fault]:
    """Parents are older than their children.

    What it checks:
        Where the patient is a child of the subscriber (19), the subscriber was born before the patient.

    Why payers deny:
        The payer does not find the family in this order, and refuses the claim or asks back.

    How to fix:
        Look at the card: patient and subscriber may have been changed about, or a birth date entered twice.
    """
    subscriber, birth = claim.coverage.subscriber, claim.patient.birth
    if (
        claim.coverage.relationship == "19"
        and subscriber is not None
        and subscriber.birth is not None
        and birth is not None
        and subscriber.birth >= birth
    ):
        yield at(birth=subscriber.birth.isoformat())


FAILS = (
    claim_with(
        coverage__relationship="19", coverage__subscriber=Person(PersonName("ALVAREZ", "TOMAS"), date(2012, 2, 3), "M")
    ),
)
PASSES = (
    claim_with(
        coverage__relationship="19", coverage__subscriber=Person(PersonName("ALVAREZ", "TOMAS"), date(1955, 2, 3), "M")
    ),
)
