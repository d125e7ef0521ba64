"""Some codes always stand behind another."""

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
    "CFS-03",
    title=N_("First diagnosis that stands behind another"),
    message=N_(
        "%(code)s is coded behind the condition that brought it about, and stands first: the note at "
        "%(owner)s says “code first %(note)s”."
    ),
    severity="warn",
    scope="claim",
    fields=("part.diagnoses", "part.diagnoses[]"),
    when="case.noted and case.noted.first",
    makes_redundant=("DIA-10",),
    source="ICD-10-CM Official Guidelines, sections I.A.13 and I.B.10; code first notes of the tabular list",
    since="2026-11-25",
)
def first_alone(claim: AnyClaim, case: Case) -> Iterator[Fault]:
    """Some codes always stand behind another.

    What it checks:
        The first diagnosis has no note that asks for an underlying disease, condition or cause before it, whichever
        that is.

    Why payers deny:
        Such a code is never the reason of the visit by itself. Payers refuse it in first place.

    How to fix:
        Put the condition that brought it about first. If the record does not name it, ask the provider.
    """
    yield from demanding(claim, (case.noted or NOT_NOTED).first, "alone")


FACTS = noting(
    "G63", ExampleNote("G63", "codeFirst", "underlying disease, such as: amyloidosis (E85.-)", ("E85",), "any")
)
FAILS = (claim_with(diagnoses=icd10("G63", "I10")),)
PASSES = (claim_with(diagnoses=icd10("I10", "G63")),)
