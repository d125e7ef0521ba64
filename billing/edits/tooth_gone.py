"""A tooth that is missing is neither filled nor extracted."""

from __future__ import annotations

from collections.abc import Iterator

from billing.domain.dental import DentalActLine, DentalClaim, MissingTooth
from billing.edits.declare import Fault, at, edit
from billing.edits.dentalacts import needs_tooth
from billing.edits.exampledental import dental_claim_with
from clinic.domain.words import N_


@edit(
    "DEN-17",
    title=N_("Treatment of a tooth that is missing"),
    message=N_("Tooth %(tooth)s is said to be missing, and the line treats it."),
    severity="warn",
    scope="line",
    when="claim.part.missing",
    fields=("acts[].part.teeth[].tooth",),
    source="ADA J430D, item 33",
    since="2026-11-25",
    kinds=("dental",),
)
def tooth_gone(claim: DentalClaim, line: DentalActLine) -> Iterator[Fault]:
    """A tooth that is missing is neither filled nor extracted.

    What it checks:
        No line fills, treats the root of, or extracts (D2000 to D3999, D7111 to D7250) a tooth that the claim calls
        missing.

    Why payers deny:
        The payer compares the missing teeth with its history and denies what cannot have been done.

    How to fix:
        Correct the tooth, or take it off the missing teeth.
    """
    gone = {missing.tooth for missing in claim.part.missing if missing.status == "M"}
    if needs_tooth(line.code.value):
        for number, treated in enumerate(line.part.teeth):
            if treated.tooth in gone:
                yield at(f"part.teeth[{number}].tooth", tooth=treated.tooth)


FAILS = (dental_claim_with(missing=(MissingTooth("19", "M"),)),)
PASSES = (dental_claim_with(missing=(MissingTooth("18", "M"),)), dental_claim_with(missing=(MissingTooth("19", "E"),)))
