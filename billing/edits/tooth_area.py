"""Where a tooth is named, the area of the mouth goes without saying."""

from __future__ import annotations

from collections.abc import Iterator

from billing.domain.dental import DentalActLine
from billing.edits.declare import Fault, at, edit
from billing.edits.exampledental import dental_claim_with, dental_line
from clinic.domain.words import N_


@edit(
    "DEN-05",
    title=N_("Area of the mouth beside a tooth"),
    message=N_("The line names tooth %(tooth)s and an area of the mouth too."),
    severity="warn",
    scope="line",
    when="line.part.areas",
    fields=("acts[].part.areas",),
    source="ASC X12N 005010X224A2, 2400 SV304: not sent where the tooth tells it",
    since="2026-11-25",
    kinds=("dental",),
)
def tooth_area(line: DentalActLine) -> Iterator[Fault]:
    """Where a tooth is named, the area of the mouth goes without saying.

    What it checks:
        No line has an area of the mouth and a tooth.

    Why payers deny:
        Some payers refuse the line, others take the area for a second place that was treated.

    How to fix:
        Remove the area. Where a whole quadrant was treated, remove the tooth instead.
    """
    if line.part.teeth and line.part.areas:
        yield at("part.areas", fix="[]", tooth=line.part.teeth[0].tooth)


FAILS = (dental_claim_with(acts=(dental_line(areas=("30",)),)),)
PASSES = (dental_claim_with(acts=(dental_line(code="D1206", teeth=(), areas=("00",)),)),)
