"""The number of a predetermination stands on the claim that follows it."""

from __future__ import annotations

from collections.abc import Iterator

from billing.domain.dental import DentalClaim
from billing.edits.declare import Fault, at, edit
from billing.edits.exampledental import dental_claim_with
from clinic.domain.words import N_


@edit(
    "DEN-29",
    title=N_("Question with the number of its answer"),
    message=N_("The claim asks what would be paid, and names the number of a payer's answer already."),
    severity="warn",
    scope="claim",
    when="claim.part.predetermination",
    fields=("part.predetermination_number",),
    source="ASC X12N 005010X224A2, 2300 REF G3",
    since="2026-11-25",
    kinds=("dental",),
)
def predetermination_answer(claim: DentalClaim) -> Iterator[Fault]:
    """The number of a predetermination stands on the claim that follows it.

    What it checks:
        A predetermination has no predetermination number.

    Why payers deny:
        The payer takes the question for one it has answered.

    How to fix:
        Remove the number, or send what was done as a claim.
    """
    if claim.part.predetermination and claim.part.predetermination_number is not None:
        yield at(fix="null")


FAILS = (dental_claim_with(predetermination=True, predetermination_number="PRE1"),)
PASSES = (dental_claim_with(predetermination_number="PRE1"),)
