"""The disease comes before what it brought about."""

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
    "CFS-02",
    title=N_("Disease behind what it shows"),
    message=N_("%(other)s comes before %(code)s: the note at %(owner)s says “code first %(note)s”."),
    severity="warn",
    scope="claim",
    fields=("part.diagnoses", "part.diagnoses[]"),
    when="case.noted and case.noted.first",
    source="ICD-10-CM Official Guidelines, section I.A.13; code first notes of the tabular list",
    since="2026-11-25",
)
def first_order(claim: AnyClaim, case: Case) -> Iterator[Fault]:
    """The disease comes before what it brought about.

    What it checks:
        No diagnosis stands before all of those that its code first note, or one above it, names.

    Why payers deny:
        The order is part of the code. Payers that read the first diagnosis as the reason of the visit find the wrong
        one.

    How to fix:
        Move the disease before what it brought about, and let the lines point to both in that order.
    """
    yield from demanding(claim, (case.noted or NOT_NOTED).first, "order")


FACTS = noting("D630 C50911 C50912", ExampleNote("D630", "codeFirst", "neoplasm (C00-D49)", ("C",), "listed"))
FAILS = (claim_with(diagnoses=icd10("D630", "C50911")),)
PASSES = (claim_with(diagnoses=icd10("C50911", "D630")),)
