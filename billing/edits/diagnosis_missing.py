"""The claim has a diagnosis, and twelve at most."""

from __future__ import annotations

from collections.abc import Iterator

from billing.domain.professional import MAX_DIAGNOSES, ProfessionalClaim
from billing.edits.declare import Fault, at, edit
from billing.edits.example import claim_with, icd10, line
from clinic.domain.words import N_


@edit(
    "DIA-01",
    title=N_("No diagnosis, or more than twelve"),
    message=N_("The claim has %(count)s diagnoses; it needs one and can hold twelve."),
    severity="block",
    scope="claim",
    fields=("part.diagnoses",),
    when="not 1 <= len(claim.part.diagnoses) <= 12",
    makes_redundant=("DIA-09", "PTR-01"),
    source="005010X222A1 2300 HI; CMS-1500 box 21",
    since="2026-11-24",
)
def diagnosis_missing(claim: ProfessionalClaim) -> Iterator[Fault]:
    """A claim says why the patient was seen.

    What it checks:
        The claim has at least one diagnosis and not more than twelve.

    Why payers deny:
        The file needs one, and has no place for a thirteenth.

    How to fix:
        Add the diagnosis the visit was for. With more than twelve, put the lines and the diagnoses they need on two
        claims.
    """
    count = len(claim.part.diagnoses)
    if not 1 <= count <= MAX_DIAGNOSES:
        yield at(count=count)


FAILS = (claim_with(diagnoses=()), claim_with(diagnoses=icd10("I10") * 13))
PASSES = (claim_with(diagnoses=icd10("I10", "E119"), acts=(line(pointers=(1, 2)),)),)
