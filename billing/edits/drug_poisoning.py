"""A poisoning comes before what it did."""

from __future__ import annotations

from collections.abc import Iterator

from billing.edits.declare import Fault, at, edit
from billing.edits.example import claim_with, icd10
from billing.edits.examplenotes import holding
from billing.edits.facts import AnyClaim
from billing.edits.topics import (
    drug_intent,
    icd10_values,
)
from clinic.domain.words import N_


@edit(
    "PSN-03",
    title=N_("Poisoning behind what it did"),
    message=N_("%(code)s is a poisoning and comes before what it did."),
    severity="advise",
    scope="claim",
    fields=("part.diagnoses", "part.diagnoses[]"),
    when="case.topics and 'poisoned' in case.topics",
    source="ICD-10-CM Official Guidelines, section I.C.19.e.5.b",
    since="2026-11-25",
)
def drug_poisoning(claim: AnyClaim) -> Iterator[Fault]:
    """A poisoning comes before what it did.

    What it checks:
        A poisoning (T36 to T50 with fifth or sixth character 1 to 4) is the first diagnosis, unless an injury or a
        pregnancy is.

    Why payers deny:
        Payers look for the poisoning and its intent in first place, for it says whether somebody else may be liable.

    How to fix:
        Put the poisoning first and what it did after it. At a visit for something else leave the order.
    """
    values = icd10_values(claim)
    if values and not (values[0][:1] in {"O", "P", "S"} or "T07" <= values[0][:3] <= "T88"):
        for place, value in enumerate(values):
            if drug_intent(value) in tuple("1234"):
                yield at(f"part.diagnoses[{place}]", code=value)
                return


FACTS = holding("T391X1A R112")
FAILS = (claim_with(diagnoses=icd10("R112", "T391X1A")),)
PASSES = (claim_with(diagnoses=icd10("T391X1A", "R112")),)
