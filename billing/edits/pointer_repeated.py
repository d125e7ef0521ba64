"""A line points to a diagnosis once."""

from __future__ import annotations

from collections.abc import Iterator

from billing.domain.professional import ProfessionalActLine
from billing.edits.declare import Fault, at, edit
from billing.edits.example import claim_with, icd10, line
from clinic.domain.words import N_


@edit(
    "PTR-03",
    title=N_("Same diagnosis pointed to twice"),
    message=N_("The line points to diagnosis %(pointer)s more than once."),
    severity="block",
    scope="line",
    fields=("acts[].part.pointers", "acts[].part.pointers[]"),
    when="len(line.part.pointers) > 1 and len(set(line.part.pointers)) != len(line.part.pointers)",
    kinds=("professional", "dental"),
    source="005010X222A1 SV107; CMS-1500 box 24E",
    since="2026-11-24",
)
def pointer_repeated(line: ProfessionalActLine) -> Iterator[Fault]:
    """A diagnosis is named once on a line.

    What it checks:
        No diagnosis stands twice among the pointers of one line.

    Why payers deny:
        The front-end checks of many payers refuse a line whose pointers repeat.

    How to fix:
        Take the second one out. If another diagnosis was meant, point to that one.
    """
    pointers = line.part.pointers
    if len(pointers) > 1 and len(set(pointers)) != len(pointers):
        for index, pointer in enumerate(pointers):
            if pointer in pointers[:index]:
                yield at(f"part.pointers[{index}]", pointer=pointer)


FAILS = (claim_with(acts=(line(pointers=(1, 1)),)),)
PASSES = (claim_with(diagnoses=icd10("I10", "E119"), acts=(line(pointers=(1, 2)),)),)
