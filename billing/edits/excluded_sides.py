"""Two sides of the body are two places."""

from __future__ import annotations

from collections.abc import Iterator

from billing.edits.case import Case
from billing.edits.declare import Fault, edit
from billing.edits.example import claim_with, icd10
from billing.edits.examplenotes import ExampleNote, ExampleTold, noting
from billing.edits.facts import AnyClaim
from billing.edits.notefaults import excluding
from clinic.domain.words import N_


@edit(
    "EXC-03",
    title=N_("Diagnoses that exclude each other, of two sides"),
    message=N_(
        "%(code)s and %(other)s exclude each other at one place; here they are of two sides of the body. The "
        "note at %(owner)s says “%(note)s”."
    ),
    severity="advise",
    scope="claim",
    fields=("part.diagnoses", "part.diagnoses[]"),
    when="case.noted and case.noted.excluded",
    source="ICD-10-CM Official Guidelines, section I.A.12.a; excludes1 notes of the tabular list",
    since="2026-11-25",
)
def excluded_sides(claim: AnyClaim, case: Case) -> Iterator[Fault]:
    """Two sides of the body are two places.

    What it checks:
        Two diagnoses that an excludes1 note keeps apart are of the right and of the left side.

    Why payers deny:
        They seldom deny for this, for what is on the other side is another condition. A payer that compares only the
        codes may ask for the record.

    How to fix:
        Look whether the sides are right. If they are, leave both; the record has to tell them apart.
    """
    yield from excluding(claim, case, "sides")


FACTS = noting(
    "H2511 H25092",
    ExampleNote("H251", "excludes1", "other age-related incipient cataract (H25.0-)", ("H250",), ""),
    H2511=ExampleTold("right"),
    H25092=ExampleTold("left"),
)
FAILS = (claim_with(diagnoses=icd10("H2511", "H25092")),)
PASSES = (claim_with(diagnoses=icd10("H2511", "I10")),)
