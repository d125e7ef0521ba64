"""Something was treated, not only caused."""

from __future__ import annotations

from collections.abc import Iterator

from billing.domain.professional import ProfessionalClaim
from billing.edits.declare import Fault, at, edit
from billing.edits.diagnosis_external import is_external
from billing.edits.example import claim_with, icd10
from clinic.domain.words import N_


@edit(
    "DIA-12",
    title=N_("Only external causes"),
    message=N_("All diagnoses say how it happened; none says what was treated."),
    severity="block",
    scope="claim",
    fields=("part.diagnoses",),
    when='case.odd and claim.part.diagnoses and claim.part.diagnoses[0].value[:1] in "VWXYE"',
    makes_redundant=("DIA-07",),
    source="ICD-10-CM Official Guidelines, section I.C.20.a.6",
    since="2026-11-24",
)
def diagnosis_only_external(claim: ProfessionalClaim) -> Iterator[Fault]:
    """Something was treated, not only caused.

    What it checks:
        At least one diagnosis is no external-cause code (ICD-10-CM V00 to Y99, ICD-9-CM E codes).

    Why payers deny:
        An external cause explains an injury and is never used alone. Claims with nothing else are refused.

    How to fix:
        Add what was treated as the first diagnosis.
    """
    diagnoses = claim.part.diagnoses
    if diagnoses and all(is_external(code) for code in diagnoses):
        yield at()


FAILS = (claim_with(diagnoses=icd10("W010XXA")),)
PASSES = (claim_with(diagnoses=icd10("S93401A", "W010XXA")),)
