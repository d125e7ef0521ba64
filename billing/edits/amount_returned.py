"""A payment is nothing or more."""

from __future__ import annotations

from collections.abc import Iterator

from billing.edits.declare import Fault, at, edit
from billing.edits.example import claim_with
from billing.edits.facts import AnyClaim
from clinic.domain.money import Money
from clinic.domain.words import N_


@edit(
    "BAL-05",
    title=N_("Patient who paid less than nothing"),
    message=N_("The patient is said to have paid %(paid)s."),
    severity="block",
    scope="claim",
    fields=("patient_paid",),
    when="claim.patient_paid is not None and claim.patient_paid.cents < 0",
    kinds=("professional", "dental"),
    source="005010X222A1 2300 AMT*F5; CMS-1500 box 29",
    since="2026-11-25",
)
def amount_returned(claim: AnyClaim) -> Iterator[Fault]:
    """A payment is nothing or more.

    What it checks:
        What the patient paid is not below zero.

    Why payers deny:
        The amount is refused with the file.

    How to fix:
        Enter what the patient has paid in the end. If all of it was given back, leave the field empty.
    """
    if claim.patient_paid is not None and claim.patient_paid.cents < 0:
        yield at(paid=claim.patient_paid.plain(), fix="null")


FAILS = (claim_with(patient_paid=Money(-500)),)
PASSES = (claim_with(patient_paid=Money(500)),)
