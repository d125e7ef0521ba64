"""The patient owes no more than the claim."""

from __future__ import annotations

from collections.abc import Iterator

from billing.edits.declare import Fault, at, edit
from billing.edits.example import claim_with
from billing.edits.facts import AnyClaim
from clinic.domain.money import Money
from clinic.domain.words import N_


@edit(
    "BAL-04",
    title=N_("Patient who paid more than was billed"),
    message=N_("The patient is said to have paid %(paid)s of a claim of %(total)s."),
    severity="warn",
    scope="claim",
    fields=("patient_paid",),
    when="claim.patient_paid is not None and claim.patient_paid.cents > claim.total.cents",
    kinds=("professional", "dental"),
    source=("005010X222A1 2300 AMT*F5; CMS-1500 box 29; Medicare Claims Processing Manual, chapter 1, section 30.3"),
    since="2026-11-25",
)
def amount_patient(claim: AnyClaim) -> Iterator[Fault]:
    """The patient owes no more than the claim.

    What it checks:
        What the patient paid is not more than the claim's total.

    Why payers deny:
        The payer pays the patient instead of the practice, or refuses the claim as one that is paid.

    How to fix:
        Enter only what was paid for these acts. What was paid for others stands on their claims.
    """
    paid = claim.patient_paid
    if paid is not None and paid.cents > claim.total.cents:
        yield at(paid=paid.plain(), total=claim.total.plain())


FAILS = (claim_with(patient_paid=Money(20000)),)
PASSES = (claim_with(patient_paid=Money(12500)),)
