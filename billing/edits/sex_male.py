"""Some payers still compare a diagnosis with the sex on the claim."""

from __future__ import annotations

from collections.abc import Iterator

from billing.edits.case import Case
from billing.edits.declare import Fault, at, edit
from billing.edits.example import EXAMPLE_FACTS, MEDICARE, claim_with, icd10
from billing.edits.exampletables import listing
from billing.edits.facts import AnyClaim
from billing.edits.listing import sex_is_compared
from clinic.domain.words import N_


@edit(
    "SEX-02",
    title=N_("Diagnosis listed for men"),
    message=N_("%(code)s is listed for men; the claim says female."),
    severity="advise",
    scope="claim",
    fields=("part.diagnoses", "part.diagnoses[]"),
    when="case.listed",
    source="Medicare Code Editor, list of sex conflicts; not used by Medicare for services from 1 October 2024",
    since="2026-11-24",
)
def sex_male(claim: AnyClaim, case: Case) -> Iterator[Fault]:
    """Some payers still compare a diagnosis with the sex on the claim.

    What it checks:
        No diagnosis that the Medicare Code Editor lists for men stands on a claim that says female. On claims to
        Medicare only days of service before October 2024 are looked at. It never holds a claim.

    Why payers deny:
        Medicare no longer denies for this. Others may, from a list they still use, and pay when told that it is
        right.

    How to fix:
        If the sex on the claim is a slip, correct it as the payer has it. If it is right, leave it, and answer the
        payer if it asks.
    """
    if claim.patient.sex != "F" or not sex_is_compared(case):
        return
    for index, rule in case.listed:
        if "male" in rule.lists:
            yield at(f"part.diagnoses[{index}]", code=claim.part.diagnoses[index].value)


FACTS = EXAMPLE_FACTS.ruled_by(listing(J069="male"))
FAILS = (claim_with(diagnoses=icd10("J069"), patient__sex="F"),)
PASSES = (
    claim_with(diagnoses=icd10("J069"), patient__sex="M"),
    claim_with(diagnoses=icd10("J069"), patient__sex="F", **MEDICARE),
)
