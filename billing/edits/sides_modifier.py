"""The act and its reason are on one side."""

from __future__ import annotations

from collections.abc import Iterator

from billing.edits.case import Case
from billing.edits.declare import Fault, at, edit
from billing.edits.example import claim_with, icd10, line
from billing.edits.examplenotes import ExampleTold, noting
from billing.edits.facts import AnyAct, AnyClaim
from billing.edits.noted import NOT_NOTED
from clinic.domain.words import N_

SIDES = {"RT": "left", "LT": "right"}
"""Modifiers of a side, and the side they do not mean."""


@edit(
    "LAT-04",
    title=N_("Modifier and diagnosis of two sides"),
    message=N_("Modifier %(modifier)s says one side, and %(code)s the other."),
    severity="warn",
    scope="line",
    fields=("acts[].part.modifiers",),
    when="line.part.modifiers and case.noted and case.noted.told and not {'RT', 'LT'}.isdisjoint(line.part.modifiers)",
    source="ICD-10-CM Official Guidelines, section I.B.13; Medicare Claims Processing Manual, chapter 12 (RT and LT)",
    since="2026-11-25",
)
def sides_modifier(claim: AnyClaim, line: AnyAct, case: Case) -> Iterator[Fault]:
    """The act and its reason are on one side.

    What it checks:
        A line with RT does not point only to diagnoses of the left side, and one with LT not only to those of the
        right. Diagnoses without a side say nothing for or against.

    Why payers deny:
        The payer compares the modifier with the diagnosis and denies the line as not supported.

    How to fix:
        Look at the record which side was treated, and correct the modifier or the diagnosis.
    """
    modifiers = [each for each in line.part.modifiers if each in SIDES]
    told = (case.noted or NOT_NOTED).told
    if len(modifiers) != 1 or not told:
        return
    pointed = [place - 1 for place in line.part.pointers if 0 < place <= len(told)]
    sided = [place for place in pointed if told[place].side]
    if sided and all(told[place].side == SIDES[modifiers[0]] for place in sided):
        yield at(modifier=modifiers[0], code=claim.part.diagnoses[sided[0]].value)


FACTS = noting(
    "M1710 M1711 M1712 H2511 H2512 H2513 H2510",
    H2513=ExampleTold("both"),
    H2511=ExampleTold("right"),
    H2512=ExampleTold("left"),
    H2510=ExampleTold("unspecified"),
)
FAILS = (claim_with(diagnoses=icd10("H2511"), acts=(line(code="66984", modifiers=("LT",)),)),)
PASSES = (claim_with(diagnoses=icd10("H2511"), acts=(line(code="66984", modifiers=("RT",)),)),)
