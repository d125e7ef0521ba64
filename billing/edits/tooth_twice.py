"""A line names each tooth once."""

from __future__ import annotations

from collections.abc import Iterator

from billing.domain.dental import DentalActLine
from billing.edits.declare import Fault, at, edit
from billing.edits.exampledental import dental_claim_with, dental_line, on
from clinic.domain.words import N_


@edit(
    "DEN-07",
    title=N_("Tooth named twice on a line"),
    message=N_("Tooth %(tooth)s stands twice on the line."),
    severity="block",
    scope="line",
    when="len(line.part.teeth) > 1",
    fields=("acts[].part.teeth[].tooth",),
    source="ASC X12N 005010X224A2, 2400 TOO",
    since="2026-11-25",
    kinds=("dental",),
)
def tooth_twice(line: DentalActLine) -> Iterator[Fault]:
    """A line names each tooth once.

    What it checks:
        No tooth stands twice on one line.

    Why payers deny:
        The payer counts one of them as a duplicate, or refuses the line.

    How to fix:
        Put all surfaces of the tooth together.
    """
    told: set[str] = set()
    for number, treated in enumerate(line.part.teeth):
        if treated.tooth in told:
            yield at(f"part.teeth[{number}].tooth", tooth=treated.tooth)
        told.add(treated.tooth)


FAILS = (dental_claim_with(acts=(dental_line(code="D7140", teeth=on("1", "1")),)),)
PASSES = (dental_claim_with(acts=(dental_line(code="D7140", teeth=on("1", "16")),)),)
