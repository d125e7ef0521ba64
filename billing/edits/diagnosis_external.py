"""An external cause never stands first."""

from __future__ import annotations

from collections.abc import Iterator

from billing.domain.professional import ProfessionalClaim
from billing.edits.declare import Fault, at, edit
from billing.edits.example import claim_with, icd10
from clinic.domain.code import ICD9CM, ICD10CM, Code
from clinic.domain.words import N_

_CHAPTERS = {ICD10CM: frozenset("VWXY"), ICD9CM: frozenset("E")}
"""First letters of external causes: ICD-10-CM chapter 20 (V00 to Y99), ICD-9-CM E000 to E999."""


def is_external(code: Code) -> bool:
    """Whether a diagnosis says how it happened."""
    return code.value[:1] in _CHAPTERS.get(code.system, ())


@edit(
    "DIA-07",
    title=N_("External cause as first diagnosis"),
    message=N_("%(code)s says how it happened, not what was treated; it cannot stand first."),
    severity="block",
    scope="claim",
    fields=("part.diagnoses", "part.diagnoses[]"),
    when='case.odd and claim.part.diagnoses and claim.part.diagnoses[0].value[:1] in "VWXYE"',
    source="ICD-10-CM Official Guidelines, section I.C.20.a.6",
    since="2026-11-24",
)
def diagnosis_external(claim: ProfessionalClaim) -> Iterator[Fault]:
    """What was treated comes before how it happened.

    What it checks:
        The first diagnosis is no external-cause code (ICD-10-CM V00 to Y99, ICD-9-CM E codes).

    Why payers deny:
        An external cause explains an injury and is never the reason for treatment by itself. Claims that begin with one
        are refused.

    How to fix:
        Put the injury first and the cause after it.
    """
    diagnoses = claim.part.diagnoses
    if diagnoses and is_external(diagnoses[0]):
        yield at("part.diagnoses[0]", code=diagnoses[0].value)


FAILS = (claim_with(diagnoses=icd10("W010XXA", "S93401A")),)
PASSES = (claim_with(diagnoses=icd10("S93401A", "W010XXA")),)
