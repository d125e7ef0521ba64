"""Some conditions cannot be had together."""

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
    "EXC-01",
    title=N_("Diagnoses that exclude each other"),
    message=N_(
        "%(code)s and %(other)s exclude each other: the note at %(owner)s says “%(note)s”. They stand "
        "together only where the two conditions have nothing to do with each other."
    ),
    severity="warn",
    scope="claim",
    fields=("part.diagnoses", "part.diagnoses[]"),
    when="case.noted and case.noted.excluded",
    source="ICD-10-CM Official Guidelines, section I.A.12.a; excludes1 notes of the tabular list",
    since="2026-11-25",
)
def excluded_together(claim: AnyClaim, case: Case) -> Iterator[Fault]:
    """Some conditions cannot be had together.

    What it checks:
        No two diagnoses are kept apart by an excludes1 note of ICD-10-CM, at one of them or anywhere above it. Pairs
        of a symptom and a disease, and of two sides of the body, are told by edits of their own. An excludes2 note
        keeps nothing apart: such codes may stand together.

    Why payers deny:
        Payers compare diagnoses by these notes, and one of the two is taken for a slip. The guidelines let both stand
        where the conditions are unrelated; the payer then asks for the record.

    How to fix:
        Keep the one that the record supports. Where both are meant and unrelated, leave them and have the record
        ready.
    """
    yield from excluding(claim, case, "together")


FACTS = noting("J449 E139", ExampleNote("E11", "excludes1", "other specified diabetes mellitus (E13.-)", ("E13",), ""))
FAILS = (claim_with(diagnoses=icd10("E119", "E139")),)
PASSES = (claim_with(diagnoses=icd10("E119", "I10")),)
