"""It happened at one place."""

from __future__ import annotations

from collections.abc import Iterator

from billing.edits.declare import Fault, at, edit
from billing.edits.example import claim_with, icd10
from billing.edits.examplenotes import holding
from billing.edits.facts import AnyClaim
from billing.edits.topics import (
    PLACES,
    icd10_values,
)
from clinic.domain.words import N_


@edit(
    "EXT-01",
    title=N_("Place, activity or status twice"),
    message=N_("%(code)s is a second code of category %(category)s; a visit has one."),
    severity="warn",
    scope="claim",
    fields=("part.diagnoses", "part.diagnoses[]"),
    when="case.topics and 'places' in case.topics",
    source="ICD-10-CM Official Guidelines, sections I.C.20.b, I.C.20.c and I.C.20.k",
    since="2026-11-25",
)
def cause_repeated(claim: AnyClaim) -> Iterator[Fault]:
    """It happened at one place.

    What it checks:
        Place (Y92), activity (Y93) and status (Y99) are each named by one code.

    Why payers deny:
        The guidelines let each be given once, at the first visit. A second one is taken for a slip.

    How to fix:
        Keep the one where it happened.
    """
    values = icd10_values(claim)
    for place, value in enumerate(values):
        category = value[:3]
        earlier = [other for other in values[:place] if other[:3] == category]
        if category in PLACES and earlier and value not in earlier:
            yield at(f"part.diagnoses[{place}]", code=value, category=category)


FACTS = holding("Y92009 Y92010")
FAILS = (claim_with(diagnoses=icd10("S93401A", "Y92009", "Y92010")),)
PASSES = (claim_with(diagnoses=icd10("S93401A", "Y92009")),)
