"""A patient who is not the subscriber comes with one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from billing.edits.declare import Fault, at, edit
from billing.edits.example import claim_with
from billing.edits.facts import AnyClaim
from clinic.domain.person import Person, PersonName
from clinic.domain.words import N_


@edit(
    "SUB-01",
    title=N_("Subscriber and relationship do not agree"),
    message=N_(
        "Relationship %(relationship)s and the subscriber do not agree: self has none of its own, all others need one."
    ),
    severity="block",
    scope="claim",
    fields=("coverage.subscriber",),
    when='(claim.coverage.relationship == "18") != (claim.coverage.subscriber is None)',
    kinds=("professional", "dental"),
    source="005010X222A1 2000B SBR02, 2000C; CMS-1500 boxes 4 and 6",
    since="2026-11-24",
)
def subscriber_missing(claim: AnyClaim) -> Iterator[Fault]:
    """A policy belongs to someone.

    What it checks:
        A patient who is not the subscriber comes with the subscriber's name; one who is, without.

    Why payers deny:
        The file has the subscriber first and the patient below. With no subscriber, or the patient twice, the payer
        finds no policy.

    How to fix:
        Enter whose policy it is, or set the relationship to self (18).
    """
    coverage = claim.coverage
    if (coverage.relationship == "18") != (coverage.subscriber is None):
        yield at(relationship=coverage.relationship)


_MOTHER = Person(PersonName("ALVAREZ", "LUCIA"), date(1958, 2, 3), "F")

FAILS = (claim_with(coverage__relationship="19"), claim_with(coverage__subscriber=_MOTHER))
PASSES = (claim_with(), claim_with(coverage__relationship="19", coverage__subscriber=_MOTHER))
