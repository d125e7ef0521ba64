"""Some codes leave a part to a second one."""

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
    "UAD-01",
    title=N_("Code that is to be added is missing"),
    message=N_(
        "%(code)s asks for another code, which is not on the claim: the note at %(owner)s says “use "
        "additional %(note)s”."
    ),
    severity="advise",
    scope="claim",
    fields=("part.diagnoses", "part.diagnoses[]"),
    when="case.noted and case.noted.added",
    source="ICD-10-CM Official Guidelines, sections I.A.13 and I.B.7; use additional code notes of the tabular list",
    since="2026-11-25",
)
def added_missing(claim: AnyClaim, case: Case) -> Iterator[Fault]:
    """Some codes leave a part to a second one.

    What it checks:
        Where a use additional code note asks for the stage, type, site or severity of the condition and names the
        codes, one of them is on the claim. Notes with “if applicable” or “if known”, and those that ask for what may
        not be there (an organism, tobacco), are not held against it.

    Why payers deny:
        The first code is true but half said. Plans that pay by risk or severity pay it as unspecified, and ask for the
        record.

    How to fix:
        Add the code that the record supports. If the record does not say, ask the provider.
    """
    yield from demanding(claim, (case.noted or NOT_NOTED).added, "missing")


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
FAILS = (claim_with(diagnoses=icd10("I129")),)
PASSES = (claim_with(diagnoses=icd10("I129", "N184")),)
