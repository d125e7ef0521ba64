"""What the patient is to the subscriber has nine answers."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from billing.edits.declare import Fault, at, edit
from billing.edits.example import claim_with
from billing.edits.facts import AnyClaim
from clinic.domain.person import Person, PersonName
from clinic.domain.words import N_

RELATIONSHIPS = ("01", "18", "19", "20", "21", "39", "40", "53", "G8")
"""Self, spouse, child, employee, unknown, two kinds of donor, partner for life, any other."""


@edit(
    "SUB-03",
    title=N_("Relationship that the file does not know"),
    message=N_("%(relationship)s is no relationship the file knows."),
    severity="block",
    scope="claim",
    fields=("coverage.relationship",),
    when='claim.coverage.relationship not in ("01", "18", "19", "20", "21", "39", "40", "53", "G8")',
    makes_redundant=("TXT-02", "TXT-03"),
    kinds=("professional", "dental"),
    source="005010X222A1 2000B SBR02 and 2000C PAT01; CMS-1500 box 6",
    since="2026-11-24",
)
def subscriber_relationship(claim: AnyClaim) -> Iterator[Fault]:
    """What the patient is to the subscriber has nine answers.

    What it checks:
        The relationship of the patient to the subscriber is one of 01, 18, 19, 20, 21, 39, 40, 53 and G8.

    Why payers deny:
        Older relationships such as grandchild were taken out of the guide. A value outside its list is
        refused with the file.

    How to fix:
        Choose what comes nearest; G8 stands for every other relationship.
    """
    if claim.coverage.relationship not in RELATIONSHIPS:
        yield at(relationship=claim.coverage.relationship)


_MOTHER = Person(PersonName("ALVAREZ", "LUCIA"), date(1958, 2, 3), "F")

FAILS = (claim_with(coverage__relationship="05", coverage__subscriber=_MOTHER),)
PASSES = (claim_with(coverage__relationship="G8", coverage__subscriber=_MOTHER),)
