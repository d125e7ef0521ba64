"""What a disease shows is not coded without the disease."""

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
    "CFS-01",
    title=N_("The disease that stands before is missing"),
    message=N_(
        "%(code)s is coded behind another disease, and none of those is on the claim: the note at %(owner)s "
        "says “code first %(note)s”."
    ),
    severity="warn",
    scope="claim",
    fields=("part.diagnoses", "part.diagnoses[]"),
    when="case.noted and case.noted.first",
    source="ICD-10-CM Official Guidelines, section I.A.13; code first notes of the tabular list",
    since="2026-11-25",
)
def first_missing(claim: AnyClaim, case: Case) -> Iterator[Fault]:
    """What a disease shows is not coded without the disease.

    What it checks:
        Where a code first note names the codes that come before and leaves no others, one of them is on the claim.
        Notes with “if applicable”, “if known” or “such as” are not held against it.

    Why payers deny:
        The code tells half of a pair. Payers refuse it alone or as not supported.

    How to fix:
        Add the disease that the note names, before this code. If the record names none, ask the provider.
    """
    yield from demanding(claim, (case.noted or NOT_NOTED).first, "missing")


FACTS = noting("D630 C50911 C50912", ExampleNote("D630", "codeFirst", "neoplasm (C00-D49)", ("C",), "listed"))
FAILS = (claim_with(diagnoses=icd10("D630")),)
PASSES = (claim_with(diagnoses=icd10("C50911", "D630")),)
