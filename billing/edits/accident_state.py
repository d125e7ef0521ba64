"""An auto accident names its state."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from billing.domain.professional import ClaimDate, ProfessionalClaim
from billing.edits.declare import Fault, at, edit
from billing.edits.example import claim_with, icd10
from clinic.domain.words import N_


@edit(
    "ACC-01",
    title=N_("Auto accident without its state"),
    message=N_("An auto accident needs the state it happened in."),
    severity="block",
    scope="claim",
    fields=("part.accident_state",),
    when='"AA" in claim.part.accident',
    makes_redundant=("TXT-02",),
    kinds=("professional", "dental"),
    source="005010X222A1 CLM11-4; CMS-1500 box 10b",
    since="2026-11-24",
)
def accident_state(claim: ProfessionalClaim) -> Iterator[Fault]:
    """The law of the state decides who pays after an auto accident.

    What it checks:
        A claim marked as related to an auto accident names the state.

    Why payers deny:
        No-fault rules differ by state. The file asks for it, and the payer cannot tell whose turn it is without.

    How to fix:
        Enter the state where the accident happened, which need not be the patient's own.
    """
    if "AA" in claim.part.accident and not claim.part.accident_state:
        yield at()


_DATED = {"diagnoses": icd10("S93401A"), "dates": (ClaimDate("439", date(2026, 3, 1)),)}

FAILS = (claim_with(accident=("AA",), **_DATED),)
PASSES = (claim_with(accident=("AA",), accident_state="MA", **_DATED), claim_with(accident=("OA",), **_DATED))
