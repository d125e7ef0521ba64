"""ICD-9 before October 2015, ICD-10 from then on."""

from __future__ import annotations

from collections.abc import Iterator

from billing.domain.professional import ProfessionalClaim
from billing.edits.case import Case
from billing.edits.declare import Fault, at, edit
from billing.edits.example import claim_with
from billing.edits.facts import ICD_10_FROM
from clinic.domain.code import ICD9CM, ICD10CM, Code
from clinic.domain.words import N_


@edit(
    "DIA-02",
    title=N_("Diagnosis in the wrong version of ICD"),
    message=N_(
        "%(code)s is in the wrong version of ICD for %(date)s: ICD-10-CM holds from 2015-10-01, ICD-9-CM before."
    ),
    severity="block",
    scope="claim",
    fields=("part.diagnoses", "part.diagnoses[]"),
    when="case.odd",
    makes_redundant=("DIA-03", "DIA-04", "DIA-05", "DIA-06", "DIA-08"),
    kinds=("professional", "dental"),
    source="45 CFR 162.1002; 005010X222A1 HI01-1 (ABK, BK)",
    since="2026-11-24",
)
def diagnosis_version(claim: ProfessionalClaim, case: Case) -> Iterator[Fault]:
    """The day of service decides which ICD a diagnosis is coded in.

    What it checks:
        All diagnoses are ICD-10-CM when the service began on 1 October 2015 or later, and ICD-9-CM when it began
        earlier. So a claim never mixes the two.

    Why payers deny:
        A claim with the other version, or with both, is returned as unprocessable.

    How to fix:
        Code the diagnosis again in the version that held on the day. A visit that reached over 1 October 2015 is two
        claims.
    """
    day = case.day
    if day is not None:
        wanted = ICD10CM if day >= ICD_10_FROM else ICD9CM
        for index, code in enumerate(claim.part.diagnoses):
            if code.system != wanted:
                yield at(f"part.diagnoses[{index}]", code=code.value, date=day.isoformat())


FAILS = (claim_with(diagnoses=(Code(ICD9CM, "4019"),)),)
PASSES = (claim_with(diagnoses=(Code(ICD10CM, "I10"),)),)
