"""Members are found by both names."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from billing.edits.declare import Fault, at, edit
from billing.edits.example import claim_with
from billing.edits.facts import AnyClaim
from clinic.domain.person import Person, PersonName
from clinic.domain.words import N_


@edit(
    "PAT-02",
    title=N_("Person without a first name"),
    message=N_("%(name)s has no first name."),
    severity="warn",
    scope="claim",
    fields=("patient.name.first", "coverage.subscriber.name.first"),
    when="not claim.patient.name.first or claim.coverage.subscriber is not None",
    makes_redundant=("TXT-02",),
    kinds=("professional", "dental"),
    source="005010X222A1 2010BA and 2010CA NM104; CMS-1500 boxes 2 and 4",
    since="2026-11-24",
)
def name_first(claim: AnyClaim) -> Iterator[Fault]:
    """Members are found by both names.

    What it checks:
        The patient, and the subscriber who is somebody else, have a first name.

    Why payers deny:
        Payers match last name, first name and birth date. With one missing they answer that the member is not
        known.

    How to fix:
        Complete the record from the insurance card. Somebody who truly has one name only is billed under the
        name on the card; give that as the reason.
    """
    if not claim.patient.name.first:
        yield at(name=claim.patient.name.last)
    subscriber = claim.coverage.subscriber
    if subscriber is not None and not subscriber.name.first:
        yield at("coverage.subscriber.name.first", name=subscriber.name.last)


_MOTHER = Person(PersonName("ALVAREZ", "LUCIA"), date(1958, 2, 3), "F")

FAILS = (
    claim_with(patient__name__first=None),
    claim_with(coverage__relationship="19", coverage__subscriber=Person(PersonName("ALVAREZ"))),
)
PASSES = (claim_with(coverage__relationship="19", coverage__subscriber=_MOTHER),)
