"""A surface is one of seven letters, each at most once, five at most."""

from __future__ import annotations

from collections.abc import Iterator

from billing.domain.dental import DentalActLine
from billing.edits.declare import Fault, at, edit
from billing.edits.exampledental import dental_claim_with, dental_line, on
from clinic.domain.surfaces import MAX_SURFACES, SURFACES
from clinic.domain.words import N_


@edit(
    "DEN-04",
    title=N_("Letter that is no surface"),
    message=N_("%(surface)s is no surface of a tooth, or stands twice."),
    severity="block",
    scope="line",
    when="line.part.teeth",
    makes_redundant=("DEN-03",),
    fields=("acts[].part.teeth[].surfaces",),
    source="ASC X12N 005010X224A2, 2400 TOO03",
    since="2026-11-25",
    kinds=("dental",),
)
def surface_unknown(line: DentalActLine) -> Iterator[Fault]:
    """A surface is one of seven letters, each at most once, five at most.

    What it checks:
        Surfaces are out of B, D, F, I, L, M and O; no letter stands twice, and no tooth has more than five.

    Why payers deny:
        The file is refused, or the count of surfaces is not believed.

    How to fix:
        Write each surface once: P of another notation is L here, V is F or B.
    """
    for number, treated in enumerate(line.part.teeth):
        letters = treated.surfaces
        if len(letters) > MAX_SURFACES or len(set(letters)) < len(letters) or not set(letters) <= set(SURFACES):
            yield at(f"part.teeth[{number}].surfaces", surface="".join(letters))


FAILS = (dental_claim_with(acts=(dental_line(code="D2391", teeth=on("19:MM")),)),)
PASSES = (dental_claim_with(acts=(dental_line(code="D2394", teeth=on("19:MODBL")),)),)
