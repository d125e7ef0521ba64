"""An accident has a date."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from billing.domain.professional import ClaimDate, ProfessionalClaim
from billing.edits.declare import Fault, at, edit
from billing.edits.example import claim_with, icd10
from clinic.domain.words import N_


@edit(
    "ACC-02",
    title=N_("Accident without its date"),
    message=N_("An accident needs the date it happened on."),
    severity="block",
    scope="claim",
    fields=("part.dates",),
    when='"AA" in claim.part.accident or "OA" in claim.part.accident',
    kinds=("professional", "dental"),
    source="005010X222A1 2300 DTP*439; CMS-1500 box 15",
    since="2026-11-24",
)
def accident_date(claim: ProfessionalClaim) -> Iterator[Fault]:
    """Whoever says accident says when.

    What it checks:
        A claim related to an auto or another accident has the accident's date (qualifier 439). What comes from work
        alone may be an illness without one.

    Why payers deny:
        The file asks for the date. The payer needs it to look for another insurer and to tell one accident from the
        next.

    How to fix:
        Enter the date of the accident among the dates of the claim. If there was no accident, take the mark out.
    """
    part = claim.part
    if ("AA" in part.accident or "OA" in part.accident) and all(each.qualifier != "439" for each in part.dates):
        yield at()


_SPRAIN = icd10("S93401A")

FAILS = (claim_with(diagnoses=_SPRAIN, accident=("OA",)),)
PASSES = (
    claim_with(diagnoses=_SPRAIN, accident=("OA",), dates=(ClaimDate("439", date(2026, 3, 1)),)),
    claim_with(diagnoses=_SPRAIN, accident=("EM",), coverage__filing="LM", casualty_claim="WC123456"),
)
