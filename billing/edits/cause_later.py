"""Where it happened is told once."""

from __future__ import annotations

from collections.abc import Iterator

from billing.edits.declare import Fault, at, edit
from billing.edits.example import claim_with, icd10
from billing.edits.examplenotes import holding
from billing.edits.facts import AnyClaim
from billing.edits.topics import (
    PLACES,
    icd10_values,
    is_later,
)
from clinic.domain.words import N_


@edit(
    "EXT-02",
    title=N_("Place or activity at a later visit"),
    message=N_("%(code)s is told at the first visit for an injury, and this one is a later one."),
    severity="advise",
    scope="claim",
    fields=("part.diagnoses", "part.diagnoses[]"),
    when="case.topics and 'later' in case.topics",
    source="ICD-10-CM Official Guidelines, sections I.C.20.b, I.C.20.c and I.C.20.k",
    since="2026-11-25",
)
def cause_later(claim: AnyClaim) -> Iterator[Fault]:
    """Where it happened is told once.

    What it checks:
        A claim on which no injury is in active treatment has no code of place, activity or status.

    Why payers deny:
        These codes are for the first visit. At later ones payers leave them out, and liability units ask again about
        an accident long settled.

    How to fix:
        Take them out at later visits.
    """
    values = icd10_values(claim)
    if is_later(values):
        for place, value in enumerate(values):
            if value[:3] in PLACES:
                yield at(f"part.diagnoses[{place}]", code=value)
                return


FACTS = holding("S93401D Y92009")
FAILS = (claim_with(diagnoses=icd10("S93401D", "Y92009")),)
PASSES = (claim_with(diagnoses=icd10("S93401A", "Y92009")),)
