"""Front teeth have an incisal edge and a facial side, back teeth an occlusal and a buccal one."""

from __future__ import annotations

from collections.abc import Iterator

from billing.domain.dental import DentalActLine
from billing.edits.declare import Fault, at, edit
from billing.edits.exampledental import dental_claim_with, dental_line, on
from clinic.domain.surfaces import fits
from clinic.domain.tooth import tooth_of
from clinic.domain.words import N_


@edit(
    "DEN-03",
    title=N_("Surface that the tooth does not have"),
    message=N_("Tooth %(tooth)s has no surface %(surface)s."),
    severity="block",
    scope="line",
    when="line.part.teeth",
    fields=("acts[].part.teeth[].surfaces",),
    source="ASC X12N 005010X224A2, 2400 TOO03; ADA J430D, item 28",
    since="2026-11-25",
    kinds=("dental",),
)
def surface_fits(line: DentalActLine) -> Iterator[Fault]:
    """Front teeth have an incisal edge and a facial side, back teeth an occlusal and a buccal one.

    What it checks:
        Each surface is one the tooth has: I and F of incisors and canines, O and B of the others, M, D and L of all.

    Why payers deny:
        A surface that cannot be is denied as an invalid combination of tooth and surface.

    How to fix:
        Write F for B and I for O on a front tooth, B for F and O for I on a back tooth.
    """
    for number, treated in enumerate(line.part.teeth):
        tooth = tooth_of(treated.tooth)
        wrong = [] if tooth is None else [each for each in treated.surfaces if not fits(each, tooth)]
        if wrong:
            yield at(f"part.teeth[{number}].surfaces", tooth=treated.tooth, surface="".join(wrong))


FAILS = (
    dental_claim_with(acts=(dental_line(teeth=on("19:MI")),)),
    dental_claim_with(acts=(dental_line(code="D2331", teeth=on("8:MB")),)),
)
PASSES = (dental_claim_with(acts=(dental_line(code="D2331", teeth=on("8:MF")),)),)
