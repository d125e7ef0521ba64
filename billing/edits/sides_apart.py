"""Both sides are one code where there is one."""

from __future__ import annotations

from collections.abc import Iterator

from billing.edits.case import Case
from billing.edits.declare import Fault, edit
from billing.edits.example import claim_with, icd10
from billing.edits.examplenotes import ExampleTold, noting
from billing.edits.facts import AnyClaim
from billing.edits.notefaults import siding
from clinic.domain.words import N_


@edit(
    "LAT-01",
    title=N_("Right and left where one code says both"),
    message=N_("%(code)s and %(other)s are the two sides; %(both)s says both in one code."),
    severity="warn",
    scope="claim",
    fields=("part.diagnoses", "part.diagnoses[]"),
    when="case.noted and case.noted.sides",
    source="ICD-10-CM Official Guidelines, section I.B.13",
    since="2026-11-25",
)
def sides_apart(claim: AnyClaim, case: Case) -> Iterator[Fault]:
    """Both sides are one code where there is one.

    What it checks:
        The codes of the right and of the left side do not stand together where ICD-10-CM has a code for both.

    Why payers deny:
        Two codes are right only where there is none for both. Payers that compare them send the claim back.

    How to fix:
        Put the code for both sides in the place of the two. Where one side was treated already, the guidelines ask for
        the side that is treated.
    """
    yield from siding(claim, case, "apart")


FACTS = noting(
    "M1710 M1711 M1712 H2511 H2512 H2513 H2510",
    H2513=ExampleTold("both"),
    H2511=ExampleTold("right"),
    H2512=ExampleTold("left"),
    H2510=ExampleTold("unspecified"),
)
FAILS = (claim_with(diagnoses=icd10("H2511", "H2512")),)
PASSES = (claim_with(diagnoses=icd10("H2513")),)
