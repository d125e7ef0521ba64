"""An area of the mouth is one of ten codes."""

from __future__ import annotations

from collections.abc import Iterator

from billing.domain.dental import MAX_AREAS, DentalActLine
from billing.edits.declare import Fault, at, edit
from billing.edits.exampledental import dental_claim_with, dental_line
from clinic.domain.surfaces import AREAS
from clinic.domain.words import N_


@edit(
    "DEN-22",
    title=N_("Area of the mouth that does not exist"),
    message=N_("%(area)s is no area of the mouth, or stands twice."),
    severity="block",
    scope="line",
    when="line.part.areas",
    fields=("acts[].part.areas",),
    source="ASC X12N 005010X224A2, 2400 SV304; ADA J430D, item 25",
    since="2026-11-25",
    kinds=("dental",),
)
def area_unknown(line: DentalActLine) -> Iterator[Fault]:
    """An area of the mouth is one of ten codes.

    What it checks:
        Areas are out of 00, 01, 02, 09, 10, 20, 30, 40, L and R, each once, five at most.

    Why payers deny:
        The file is refused.

    How to fix:
        Choose the area from the list.
    """
    areas = line.part.areas
    wrong = [area for area in areas if area not in AREAS]
    if wrong or len(set(areas)) < len(areas) or len(areas) > MAX_AREAS:
        yield at("part.areas", area=wrong[0] if wrong else ", ".join(areas))


FAILS = (dental_claim_with(acts=(dental_line(code="D1206", teeth=(), areas=("50",)),)),)
PASSES = (dental_claim_with(acts=(dental_line(code="D1206", teeth=(), areas=("10", "20")),)),)
