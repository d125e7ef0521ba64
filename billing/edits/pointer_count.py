"""A line points to four diagnoses at most."""

from __future__ import annotations

from collections.abc import Iterator

from billing.domain.professional import MAX_POINTERS, ProfessionalActLine
from billing.edits.declare import Fault, at, edit
from billing.edits.example import claim_with, icd10, line
from clinic.domain.words import N_


@edit(
    "PTR-04",
    title=N_("More than four diagnosis pointers"),
    message=N_("The line points to %(count)s diagnoses; a line can hold four."),
    severity="block",
    scope="line",
    fields=("acts[].part.pointers",),
    when="len(line.part.pointers) > 1 and len(line.part.pointers) > 4",
    kinds=("professional", "dental"),
    source="005010X222A1 SV107; CMS-1500 box 24E",
    since="2026-11-24",
)
def pointer_count(line: ProfessionalActLine) -> Iterator[Fault]:
    """A line has room for four pointers.

    What it checks:
        No line points to more than four diagnoses.

    Why payers deny:
        Neither the file nor the paper has a place for a fifth, so the claim cannot be written as it stands.

    How to fix:
        Keep the four diagnoses that best explain the act, the most important first. The others stay on the claim.
    """
    if len(line.part.pointers) > MAX_POINTERS:
        yield at(count=len(line.part.pointers))


_FIVE = icd10("I10", "E119", "J069", "S93401A", "Z0000")

FAILS = (claim_with(diagnoses=_FIVE, acts=(line(pointers=(1, 2, 3, 4, 5)),)),)
PASSES = (claim_with(diagnoses=_FIVE, acts=(line(pointers=(5, 2, 3, 4)),)),)
