"""A side is said once."""

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
    "LAT-02",
    title=N_("Both sides and one of them"),
    message=N_("%(other)s says both sides already; %(code)s says one of them again."),
    severity="warn",
    scope="claim",
    fields=("part.diagnoses", "part.diagnoses[]"),
    when="case.noted and case.noted.sides",
    source="ICD-10-CM Official Guidelines, section I.B.13",
    since="2026-11-25",
)
def sides_twice(claim: AnyClaim, case: Case) -> Iterator[Fault]:
    """A side is said once.

    What it checks:
        No code of one side stands beside the code for both sides of the same condition.

    Why payers deny:
        The two say the same side twice, or not the same thing. The claim comes back.

    How to fix:
        Keep the code for both sides if both have the condition, else the one side.
    """
    yield from siding(claim, case, "twice")


FACTS = noting(
    "M1710 M1711 M1712 H2511 H2512 H2513 H2510",
    H2513=ExampleTold("both"),
    H2511=ExampleTold("right"),
    H2512=ExampleTold("left"),
    H2510=ExampleTold("unspecified"),
)
FAILS = (claim_with(diagnoses=icd10("H2513", "H2511")),)
PASSES = (claim_with(diagnoses=icd10("H2513")),)
