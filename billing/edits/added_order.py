"""What is added comes after."""

from __future__ import annotations

from collections.abc import Iterator

from billing.edits.case import Case
from billing.edits.declare import Fault, edit
from billing.edits.example import claim_with, icd10
from billing.edits.examplenotes import ExampleNote, noting
from billing.edits.facts import AnyClaim
from billing.edits.noted import NOT_NOTED
from billing.edits.notefaults import demanding
from clinic.domain.words import N_


@edit(
    "UAD-02",
    title=N_("Added code before the one it is added to"),
    message=N_(
        "%(other)s is added to %(code)s and stands before it: the note at %(owner)s says “use additional %(note)s”."
    ),
    severity="advise",
    scope="claim",
    fields=("part.diagnoses", "part.diagnoses[]"),
    when="case.noted and case.noted.added",
    source="ICD-10-CM Official Guidelines, sections I.A.13 and I.B.7; use additional code notes of the tabular list",
    since="2026-11-25",
)
def added_order(claim: AnyClaim, case: Case) -> Iterator[Fault]:
    """What is added comes after.

    What it checks:
        The code that a use additional code note asks for stands after the code with the note.

    Why payers deny:
        The order says which is the condition and which its stage, type or site. A payer that reads the first diagnosis
        as the reason finds the wrong one.

    How to fix:
        Put the added code after the one that asks for it.
    """
    yield from demanding(claim, (case.noted or NOT_NOTED).added, "order")


FACTS = noting(
    "I129 N184",
    ExampleNote(
        "I129",
        "useAdditionalCode",
        "code to identify the stage of chronic kidney disease (N18.1-N18.4, N18.9)",
        ("N18",),
        "listed",
    ),
)
FAILS = (claim_with(diagnoses=icd10("N184", "I129")),)
PASSES = (claim_with(diagnoses=icd10("I129", "N184")),)
