"""A pointer points to a diagnosis that is there."""

from __future__ import annotations

from collections.abc import Iterator

from billing.domain.professional import ProfessionalActLine, ProfessionalClaim
from billing.edits.declare import Fault, at, edit
from billing.edits.example import claim_with, icd10, line
from clinic.domain.words import N_


@edit(
    "PTR-02",
    title=N_("Pointer to a diagnosis that is not there"),
    message=N_("The line points to diagnosis %(pointer)s, but the claim has %(count)s."),
    severity="block",
    scope="line",
    fields=("acts[].part.pointers", "acts[].part.pointers[]"),
    when="line.part.pointers and (max(line.part.pointers) > len(claim.part.diagnoses) or min(line.part.pointers) < 1)",
    kinds=("professional", "dental"),
    source="005010X222A1 SV107; CMS-1500 box 24E",
    since="2026-11-24",
)
def pointer_unknown(claim: ProfessionalClaim, line: ProfessionalActLine) -> Iterator[Fault]:
    """A pointer names one of the claim's own diagnoses.

    What it checks:
        Each pointer of a line is between 1 and the number of diagnoses of the claim.

    Why payers deny:
        The line rests on a diagnosis the payer cannot find, so the claim is returned as unprocessable.

    How to fix:
        Point to a diagnosis of the claim, or add the one that is missing. It happens when a diagnosis is taken out
        after the lines were linked.
    """
    count = len(claim.part.diagnoses)
    pointers = line.part.pointers
    if count and pointers and (max(pointers) > count or min(pointers) < 1):
        for index, pointer in enumerate(pointers):
            if not 1 <= pointer <= count:
                yield at(f"part.pointers[{index}]", pointer=pointer, count=count)


FAILS = (claim_with(acts=(line(pointers=(1, 2)),)), claim_with(acts=(line(pointers=(0,)),)))
PASSES = (claim_with(diagnoses=icd10("I10", "E119"), acts=(line(pointers=(2, 1)),)),)
