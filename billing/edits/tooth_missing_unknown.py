"""A missing tooth is named by a number that there is."""

from __future__ import annotations

from collections.abc import Iterator

from billing.domain.dental import DentalClaim, MissingTooth
from billing.edits.declare import Fault, at, edit
from billing.edits.exampledental import dental_claim_with
from clinic.domain.tooth import tooth_of
from clinic.domain.words import N_


@edit(
    "DEN-02",
    title=N_("Missing tooth that does not exist"),
    message=N_("%(tooth)s is no tooth of the Universal system."),
    severity="block",
    scope="claim",
    when="claim.part.missing",
    fields=("part.missing", "part.missing[].tooth"),
    source="ASC X12N 005010X224A2, 2300 DN201; ADA J430D, item 33",
    since="2026-11-25",
    kinds=("dental",),
)
def tooth_missing_unknown(claim: DentalClaim) -> Iterator[Fault]:
    """A missing tooth is named by a number that there is.

    What it checks:
        Each tooth that is said to be missing or to be extracted is one of the Universal system, and named once.

    Why payers deny:
        The claim is refused, or the missing-tooth clause is applied to the wrong tooth.

    How to fix:
        Write the tooth by the Universal system, once.
    """
    told: set[str] = set()
    for number, missing in enumerate(claim.part.missing):
        if tooth_of(missing.tooth) is None or missing.tooth in told:
            yield at(f"part.missing[{number}].tooth", tooth=missing.tooth)
        told.add(missing.tooth)


FAILS = (dental_claim_with(missing=(MissingTooth("40", "M"),)),)
PASSES = (dental_claim_with(missing=(MissingTooth("17", "M"), MissingTooth("32", "E"))),)
