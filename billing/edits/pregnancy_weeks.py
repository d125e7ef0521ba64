"""The week goes with the pregnancy."""

from __future__ import annotations

from collections.abc import Iterator

from billing.edits.case import Case
from billing.edits.declare import Fault, at, edit
from billing.edits.example import claim_with, icd10
from billing.edits.examplenotes import ExampleTold, noting
from billing.edits.facts import AnyClaim
from billing.edits.noted import NOT_NOTED
from billing.edits.topics import (
    WEEKS,
    icd10_values,
)
from clinic.domain.words import N_


@edit(
    "PRG-01",
    title=N_("Pregnancy without its weeks"),
    message=N_("%(code)s names a trimester, and no code says the week (Z3A)."),
    severity="advise",
    scope="claim",
    fields=("part.diagnoses", "part.diagnoses[]"),
    when="case.topics and 'pregnancy' in case.topics and case.noted and case.noted.told",
    source="ICD-10-CM Official Guidelines, section I.C.21.c.11; note at chapter 15",
    since="2026-11-25",
)
def pregnancy_weeks(claim: AnyClaim, case: Case) -> Iterator[Fault]:
    """The week goes with the pregnancy.

    What it checks:
        A claim with a code of chapter 15 that names a trimester has a code of the weeks of gestation (Z3A), if these
        are known.

    Why payers deny:
        Many plans ask for the week, above all of ultrasounds and of non-stress tests, and ask back where it is
        missing.

    How to fix:
        Add the code of the week on the day of the visit. Leave it out where the week is not known.
    """
    values = icd10_values(claim)
    if not any(value.startswith(WEEKS) for value in values):
        for place, each in enumerate((case.noted or NOT_NOTED).told):
            if each.trimester and values[place].startswith("O"):
                yield at(f"part.diagnoses[{place}]", code=values[place])
                return


FACTS = noting("O2341 Z3A10", O2341=ExampleTold(trimester=1))
FAILS = (claim_with(diagnoses=icd10("O2341")),)
PASSES = (claim_with(diagnoses=icd10("O2341", "Z3A10")),)
