"""What a disease always shows is not coded beside it."""

from __future__ import annotations

from collections.abc import Iterator

from billing.edits.case import Case
from billing.edits.declare import Fault, edit
from billing.edits.example import claim_with, icd10
from billing.edits.examplenotes import ExampleNote, noting
from billing.edits.facts import AnyClaim
from billing.edits.notefaults import excluding
from clinic.domain.words import N_


@edit(
    "EXC-02",
    title=N_("Symptom beside the disease it belongs to"),
    message=N_(
        "%(code)s and %(other)s exclude each other: the note at %(owner)s says “%(note)s”. One of them is a "
        "symptom that the other takes in."
    ),
    severity="warn",
    scope="claim",
    fields=("part.diagnoses", "part.diagnoses[]"),
    when="case.noted and case.noted.excluded",
    source="ICD-10-CM Official Guidelines, sections I.A.12.a and I.B.5",
    since="2026-11-25",
)
def excluded_symptom(claim: AnyClaim, case: Case) -> Iterator[Fault]:
    """What a disease always shows is not coded beside it.

    What it checks:
        No symptom or finding of chapter 18 (R codes) stands beside a diagnosis from which an excludes1 note keeps it
        apart.

    Why payers deny:
        A sign that belongs to the disease is part of its code. Payers take the symptom out or send the claim back.

    How to fix:
        Take the symptom out. Where it has nothing to do with the disease, leave both and have the record ready.
    """
    yield from excluding(claim, case, "symptom")


FACTS = noting("R739", ExampleNote("E11", "excludes1", "elevated blood glucose level (R73.-)", ("R73",), ""))
FAILS = (claim_with(diagnoses=icd10("E119", "R739")),)
PASSES = (claim_with(diagnoses=icd10("I10", "R739")),)
