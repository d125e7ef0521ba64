"""Pointers keep the order of a pair."""

from __future__ import annotations

from collections.abc import Iterator

from billing.edits.case import Case
from billing.edits.declare import Fault, at, edit
from billing.edits.example import claim_with, icd10, line
from billing.edits.examplenotes import ExampleNote, noting
from billing.edits.facts import AnyAct, AnyClaim
from billing.edits.noted import NOT_NOTED
from clinic.domain.words import N_


@edit(
    "CFS-04",
    title=N_("Line that points first to what stands behind"),
    message=N_("The line points to %(code)s before %(other)s, which its code first note puts before it."),
    severity="advise",
    scope="line",
    fields=("acts[].part.pointers", "acts[].part.pointers[]"),
    when="line.part.pointers and line.part.pointers[0] > 1 and case.noted and case.noted.before",
    makes_redundant=("PTR-06",),
    source="ICD-10-CM Official Guidelines, section I.A.13; 005010X222A1 SV107",
    since="2026-11-25",
)
def first_pointer(claim: AnyClaim, line: AnyAct, case: Case) -> Iterator[Fault]:
    """Pointers keep the order of a pair.

    What it checks:
        A line that points to both of a pair points to the disease before what it shows.

    Why payers deny:
        The first pointer is the reason of the line; some payers read no other.

    How to fix:
        Point to the disease first and to what it shows after it.
    """
    pointers, diagnoses = line.part.pointers, claim.part.diagnoses
    if not pointers or pointers[0] < 2:
        return
    for place, before in (case.noted or NOT_NOTED).before:
        if pointers[0] != place + 1:
            continue
        for other in before:
            if other + 1 in pointers[1:]:
                yield at("part.pointers[0]", code=diagnoses[place].value, other=diagnoses[other].value)
                return


FACTS = noting("D630 C50911 C50912", ExampleNote("D630", "codeFirst", "neoplasm (C00-D49)", ("C",), "listed"))
FAILS = (claim_with(diagnoses=icd10("C50911", "D630"), acts=(line(pointers=(2, 1)),)),)
PASSES = (claim_with(diagnoses=icd10("C50911", "D630"), acts=(line(pointers=(1, 2)),)),)
