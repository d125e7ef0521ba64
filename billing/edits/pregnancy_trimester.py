"""The week lies in its trimester."""

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


def trimester_of(weeks: str) -> int:
    """The trimester of a code of weeks: ``Z3A01`` is less than eight weeks, ``Z3A49`` more than forty-two."""
    week = int(weeks[3:]) if weeks[3:].isdecimal() else 0
    return 1 if week < 14 else 2 if week < 28 else 3


@edit(
    "PRG-03",
    title=N_("Week and trimester that do not agree"),
    message=N_("%(code)s is of trimester %(trimester)s, and %(weeks)s of another one."),
    severity="warn",
    scope="claim",
    fields=("part.diagnoses", "part.diagnoses[]"),
    when="case.topics and 'pregnancy' in case.topics and case.noted and case.noted.told",
    source="ICD-10-CM Official Guidelines, section I.C.15.a.3; trimesters in the note at chapter 15",
    since="2026-11-25",
)
def pregnancy_trimester(claim: AnyClaim, case: Case) -> Iterator[Fault]:
    """The week lies in its trimester.

    What it checks:
        A code that names a trimester agrees with the week on the claim: the first ends before week 14, the second
        before week 28.

    Why payers deny:
        Payers work the trimester out from the week and send the claim back where the two differ.

    How to fix:
        Count the weeks on the day of the visit from the day of the last period, and correct the one that is wrong.
    """
    values = icd10_values(claim)
    weeks = [value for value in values if value.startswith(WEEKS) and value[3:] not in {"", "00"}]
    counted = {trimester_of(value) for value in weeks}
    for place, each in enumerate((case.noted or NOT_NOTED).told):
        if counted and each.trimester and values[place].startswith("O") and each.trimester not in counted:
            yield at(f"part.diagnoses[{place}]", code=values[place], trimester=each.trimester, weeks=weeks[0])


FACTS = noting("O2341 Z3A20 Z3A10", O2341=ExampleTold(trimester=1))
FAILS = (claim_with(diagnoses=icd10("O2341", "Z3A20")),)
PASSES = (claim_with(diagnoses=icd10("O2341", "Z3A10")),)
