"""Of crowns, bridges and dentures it is said whether they are the first."""

from __future__ import annotations

from collections.abc import Iterator

from billing.domain.dental import DentalActLine
from billing.edits.declare import Fault, at, edit
from billing.edits.dentalacts import is_prosthesis
from billing.edits.exampledental import dental_claim_with, dental_line, on
from clinic.domain.words import N_


@edit(
    "DEN-12",
    title=N_("Prosthesis of which it is not said whether it is the first"),
    message=N_("%(code)s is a crown, bridge or denture, and nothing says whether it is the first or replaces another."),
    severity="warn",
    scope="line",
    when="line.part.prosthesis is None",
    fields=("acts[].part.prosthesis",),
    source="ASC X12N 005010X224A2, 2400 SV305; ADA J430D, item 43",
    since="2026-11-25",
    kinds=("dental",),
)
def prosthesis_unsaid(line: DentalActLine) -> Iterator[Fault]:
    """Of crowns, bridges and dentures it is said whether they are the first.

    What it checks:
        A crown (D2710 to D2799), denture (D5110 to D5286), pontic or retainer (D6205 to D6799) says whether it is the
        first or a replacement.

    Why payers deny:
        Payers pay a replacement only after some years, and ask before they pay at all.

    How to fix:
        Say whether it is the first; of a replacement give the day the one before was placed.
    """
    if line.part.prosthesis is None and is_prosthesis(line.code.value):
        yield at("part.prosthesis", code=line.code.value)


FAILS = (dental_claim_with(acts=(dental_line(code="D2740", teeth=on("3")),)),)
PASSES = (dental_claim_with(),)
