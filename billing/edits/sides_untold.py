"""A side that is known is said."""

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
    "LAT-03",
    title=N_("Side left out beside a side"),
    message=N_("%(code)s leaves the side out, and %(other)s says it for the same condition."),
    severity="advise",
    scope="claim",
    fields=("part.diagnoses", "part.diagnoses[]"),
    when="case.noted and case.noted.sides",
    source="ICD-10-CM Official Guidelines, sections I.B.13 and I.B.18",
    since="2026-11-25",
)
def sides_untold(claim: AnyClaim, case: Case) -> Iterator[Fault]:
    """A side that is known is said.

    What it checks:
        No code of an unspecified side stands beside one of the same condition that names a side.

    Why payers deny:
        Many payers refuse an unspecified side where the record must know it; beside a named one it reads as a slip.

    How to fix:
        Take the unspecified one out, or give the side that is meant.
    """
    yield from siding(claim, case, "untold")


FACTS = noting(
    "M1710 M1711 M1712 H2511 H2512 H2513 H2510",
    H2513=ExampleTold("both"),
    H2511=ExampleTold("right"),
    H2512=ExampleTold("left"),
    H2510=ExampleTold("unspecified"),
)
FAILS = (claim_with(diagnoses=icd10("H2510", "H2511")),)
PASSES = (claim_with(diagnoses=icd10("H2511")),)
