"""The first pointer says what was treated."""

from __future__ import annotations

from collections.abc import Iterator

from billing.domain.professional import ProfessionalActLine, ProfessionalClaim
from billing.edits.declare import Fault, at, edit
from billing.edits.diagnosis_external import is_external
from billing.edits.example import claim_with, icd10, line
from clinic.domain.words import N_


@edit(
    "PTR-05",
    title=N_("Line that points first to an external cause"),
    message=N_("The line points first to %(code)s, which says how it happened and not what was treated."),
    severity="warn",
    scope="line",
    fields=("acts[].part.pointers", "acts[].part.pointers[]"),
    when=(
        "line.part.pointers and line.part.pointers[0] > 1 and claim.part.diagnoses and claim.part.diagnoses["
        'min(line.part.pointers[0], len(claim.part.diagnoses)) - 1].value[:1] in "VWXYE"'
    ),
    source="ICD-10-CM Official Guidelines, section I.C.20.a.6; 005010X222A1 SV107",
    since="2026-11-24",
)
def pointer_external(claim: ProfessionalClaim, line: ProfessionalActLine) -> Iterator[Fault]:
    """The first pointer says what was treated.

    What it checks:
        The first pointer of a line does not lead to an external cause (ICD-10-CM V00 to Y99, ICD-9-CM E
        codes).

    Why payers deny:
        The first pointer is the reason of the line. An external cause is never the reason by itself, so
        nothing shows why the act was needed.

    How to fix:
        Point to the injury first and to its cause after it.
    """
    pointers, diagnoses = line.part.pointers, claim.part.diagnoses
    # Where the first diagnosis itself is an external cause, DIA-07 says so.
    if pointers and 1 < pointers[0] <= len(diagnoses) and is_external(diagnoses[pointers[0] - 1]):
        yield at("part.pointers[0]", code=diagnoses[pointers[0] - 1].value)


_FALL = icd10("S93401A", "W010XXA")

FAILS = (claim_with(diagnoses=_FALL, acts=(line(pointers=(2, 1)),)),)
PASSES = (claim_with(diagnoses=_FALL, acts=(line(pointers=(1, 2)),)),)
