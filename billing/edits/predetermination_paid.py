"""Nothing is paid for what was not done yet."""

from __future__ import annotations

from collections.abc import Iterator

from billing.domain.dental import DentalClaim
from billing.edits.declare import Fault, at, edit
from billing.edits.exampledental import dental_claim_with
from clinic.domain.money import Money
from clinic.domain.words import N_


@edit(
    "DEN-28",
    title=N_("Predetermination that was paid"),
    message=N_("The claim asks what would be paid, and says that somebody paid already."),
    severity="block",
    scope="claim",
    when="claim.part.predetermination",
    fields=("part.predetermination",),
    source="ASC X12N 005010X224A2, 2300 CLM19 and AMT F5",
    since="2026-11-25",
    kinds=("dental",),
)
def predetermination_paid(claim: DentalClaim) -> Iterator[Fault]:
    """Nothing is paid for what was not done yet.

    What it checks:
        A predetermination carries no amount that the patient paid, and replaces no claim.

    Why payers deny:
        The payer takes it for a claim, or sends it back.

    How to fix:
        Remove the amount or the number of the earlier claim; or send what was done as a claim.
    """
    if claim.part.predetermination and (claim.patient_paid is not None or claim.frequency != "1"):
        yield at()


FAILS = (dental_claim_with(predetermination=True, patient_paid=Money(1000)),)
PASSES = (dental_claim_with(predetermination=True), dental_claim_with(patient_paid=Money(1000)))
