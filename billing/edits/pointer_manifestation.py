"""The first pointer is the disease, not what it shows."""

from __future__ import annotations

from collections.abc import Iterator

from billing.domain.professional import ProfessionalActLine, ProfessionalClaim
from billing.edits.case import Case
from billing.edits.declare import Fault, at, edit
from billing.edits.example import EXAMPLE_FACTS, claim_with, icd10, line
from billing.edits.exampletables import listing
from clinic.domain.words import N_


@edit(
    "PTR-06",
    title=N_("Line that points first to a manifestation"),
    message=N_("The line points first to %(code)s, which is what another disease shows."),
    severity="warn",
    scope="line",
    fields=("acts[].part.pointers", "acts[].part.pointers[]"),
    when="line.part.pointers and line.part.pointers[0] > 1 and case.listed",
    source="ICD-10-CM Official Guidelines, section I.A.13; 005010X222A1 SV107",
    since="2026-11-24",
)
def pointer_manifestation(claim: ProfessionalClaim, line: ProfessionalActLine, case: Case) -> Iterator[Fault]:
    """The first pointer is the disease, not what it shows.

    What it checks:
        The first pointer of a line does not lead to a diagnosis that the Medicare Code Editor lists as a
        manifestation.

    Why payers deny:
        The first pointer is the reason of the line. A manifestation is never the reason by itself.

    How to fix:
        Point to the disease first and to its manifestation after it.
    """
    pointers = line.part.pointers
    if not pointers or pointers[0] < 2:
        return
    for index, rule in case.listed:
        if index == pointers[0] - 1 and "manifestation" in rule.lists:
            yield at("part.pointers[0]", code=claim.part.diagnoses[index].value)


_BOTH = icd10("E119", "J069")

FACTS = EXAMPLE_FACTS.ruled_by(listing(J069="manifestation"))
FAILS = (claim_with(diagnoses=_BOTH, acts=(line(pointers=(2, 1)),)),)
PASSES = (claim_with(diagnoses=_BOTH, acts=(line(pointers=(1, 2)),)),)
