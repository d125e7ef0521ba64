"""What is known is not left open beside it."""

from __future__ import annotations

from collections.abc import Iterator

from billing.edits.case import Case
from billing.edits.declare import Fault, at, edit
from billing.edits.example import claim_with, icd10
from billing.edits.examplenotes import ExampleTold, noting
from billing.edits.facts import AnyClaim
from billing.edits.noted import NOT_NOTED
from clinic.domain.words import N_


@edit(
    "DIA-14",
    title=N_("Unspecified diagnosis beside one that says more"),
    message=N_("%(code)s says no more than its heading, and %(other)s says more under the same heading."),
    severity="advise",
    scope="claim",
    fields=("part.diagnoses", "part.diagnoses[]"),
    when="case.noted and case.noted.vague",
    source="ICD-10-CM Official Guidelines, sections I.A.9.b and I.B.18",
    since="2026-11-25",
)
def diagnosis_vague(claim: AnyClaim, case: Case) -> Iterator[Fault]:
    """What is known is not left open beside it.

    What it checks:
        No code that ends in “unspecified” stands beside a code of the same heading that says more. Injuries and
        reasons for contact are left out: several of these may be meant.

    Why payers deny:
        The unspecified code adds nothing and reads as a slip. Plans that pay by risk count the lesser one.

    How to fix:
        Take the unspecified one out, or say what else is meant.
    """
    diagnoses = claim.part.diagnoses
    for place, other in (case.noted or NOT_NOTED).vague:
        yield at(f"part.diagnoses[{place}]", code=diagnoses[place].value, other=diagnoses[other].value)


FACTS = noting("E785 E782", E785=ExampleTold(vague="E78"))
FAILS = (claim_with(diagnoses=icd10("E782", "E785")),)
PASSES = (claim_with(diagnoses=icd10("E785", "I10")),)
