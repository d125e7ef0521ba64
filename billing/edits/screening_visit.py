"""A screening is without a sign of the disease."""

from __future__ import annotations

from collections.abc import Iterator

from billing.edits.declare import Fault, at, edit
from billing.edits.example import claim_with, icd10
from billing.edits.examplenotes import holding
from billing.edits.facts import AnyAct, AnyClaim
from billing.edits.topics import (
    SCREENING,
    icd10_values,
)
from clinic.domain.words import N_


@edit(
    "DIA-21",
    title=N_("Visit for a problem that points to a screening"),
    message=N_("The visit points first to %(code)s, a screening; a visit of this kind is for a problem."),
    severity="advise",
    scope="line",
    fields=("acts[].part.pointers", "acts[].part.pointers[]"),
    trigger_codes=frozenset({"99202", "99203", "99204", "99205", "99211", "99212", "99213", "99214", "99215"}),
    when="case.topics and 'screening' in case.topics",
    source="ICD-10-CM Official Guidelines, section I.C.21.c.5",
    since="2026-11-25",
)
def screening_visit(claim: AnyClaim, line: AnyAct) -> Iterator[Fault]:
    """A screening is without a sign of the disease.

    What it checks:
        An office visit (99202 to 99205, 99211 to 99215) does not point first to a screening code (Z11 to Z13).

    Why payers deny:
        A screening looks for disease in somebody without signs of it, and is billed by its test or as preventive
        visit. Payers deny the office visit as not needed or as part of it.

    How to fix:
        Point the visit to what brought the patient, and the test to the screening. If there was nothing else, look
        whether the visit can be billed.
    """
    values, pointers = icd10_values(claim), line.part.pointers
    if pointers and 0 < pointers[0] <= len(values) and values[pointers[0] - 1][:3] in SCREENING:
        yield at("part.pointers[0]", code=values[pointers[0] - 1])


FACTS = holding("Z1211")
FAILS = (claim_with(diagnoses=icd10("Z1211")),)
PASSES = (claim_with(diagnoses=icd10("I10", "Z1211")),)
