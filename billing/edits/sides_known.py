"""A side that the act names is known."""

from __future__ import annotations

from collections.abc import Iterator

from billing.edits.case import Case
from billing.edits.declare import Fault, at, edit
from billing.edits.example import claim_with, icd10, line
from billing.edits.examplenotes import ExampleTold, noting
from billing.edits.facts import AnyAct, AnyClaim
from billing.edits.noted import NOT_NOTED
from clinic.domain.words import N_


@edit(
    "LAT-05",
    title=N_("The line knows the side, the diagnosis does not"),
    message=N_("Modifier %(modifier)s says the side, and %(code)s leaves it out."),
    severity="advise",
    scope="line",
    fields=("acts[].part.modifiers",),
    when="line.part.modifiers and case.noted and case.noted.untold",
    source="ICD-10-CM Official Guidelines, sections I.B.13 and I.B.18",
    since="2026-11-25",
)
def sides_known(claim: AnyClaim, line: AnyAct, case: Case) -> Iterator[Fault]:
    """A side that the act names is known.

    What it checks:
        A line with RT, LT or 50 does not point to a code that leaves out the side it could name, unless another
        diagnosis of the line names one.

    Why payers deny:
        Many payers refuse an unspecified side where the claim itself says which one it was.

    How to fix:
        Give the diagnosis with the side that the record names.
    """
    modifiers = [each for each in line.part.modifiers if each in {"RT", "LT", "50"}]
    told = (case.noted or NOT_NOTED).told
    if not modifiers or not told:
        return
    sides = [(place - 1, told[place - 1].side) for place in line.part.pointers if 0 < place <= len(told)]
    if any(side in {"right", "left", "both"} for _, side in sides):
        return
    for place, side in sides:
        code = claim.part.diagnoses[place].value
        if side == "unspecified":
            yield at(modifier=modifiers[0], code=code)
            return


FACTS = noting(
    "M1710 M1711 M1712 H2511 H2512 H2513 H2510",
    H2513=ExampleTold("both"),
    H2511=ExampleTold("right"),
    H2512=ExampleTold("left"),
    H2510=ExampleTold("unspecified"),
)
FAILS = (claim_with(diagnoses=icd10("H2510"), acts=(line(code="66984", modifiers=("RT",)),)),)
PASSES = (claim_with(diagnoses=icd10("H2511"), acts=(line(code="66984", modifiers=("RT",)),)),)
