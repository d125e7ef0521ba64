"""Fillings of composite have codes of their own for front and for back teeth."""

from __future__ import annotations

from collections.abc import Iterator

from billing.domain.dental import DentalActLine
from billing.edits.declare import Fault, at, edit
from billing.edits.dentalacts import BACK_FILLINGS, FRONT_FILLINGS
from billing.edits.exampledental import dental_claim_with, dental_line, on
from clinic.domain.tooth import tooth_of
from clinic.domain.words import N_


@edit(
    "DEN-20",
    title=N_("Filling of front teeth on a back tooth, or the other way round"),
    message=N_("%(code)s is not for tooth %(tooth)s."),
    severity="warn",
    scope="line",
    when="line.part.teeth",
    fields=("acts[].code",),
    source="Numbering of the restorative codes",
    since="2026-11-25",
    kinds=("dental",),
)
def surface_side(line: DentalActLine) -> Iterator[Fault]:
    """Fillings of composite have codes of their own for front and for back teeth.

    What it checks:
        D2330 to D2335 stand for front teeth, D2391 to D2394 for back teeth.

    Why payers deny:
        The code does not go with the tooth, and the line is denied.

    How to fix:
        Choose the code for that tooth, or correct the tooth.
    """
    code = line.code.value
    front = code in FRONT_FILLINGS
    if not front and code not in BACK_FILLINGS:
        return
    for treated in line.part.teeth:
        tooth = tooth_of(treated.tooth)
        if tooth is not None and tooth.front != front:
            yield at("code", code=code, tooth=treated.tooth)
            return


FAILS = (
    dental_claim_with(acts=(dental_line(teeth=on("8:MF")),)),
    dental_claim_with(acts=(dental_line(code="D2331", teeth=on("19:MO")),)),
)
PASSES = (dental_claim_with(acts=(dental_line(code="D2331", teeth=on("8:MF")),)),)
