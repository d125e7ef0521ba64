"""The code of a filling says how many surfaces it covers."""

from __future__ import annotations

from collections.abc import Iterator

from billing.domain.dental import DentalActLine
from billing.edits.declare import Fault, at, edit
from billing.edits.dentalacts import MOST_COUNTED, SURFACES_OF
from billing.edits.exampledental import dental_claim_with, dental_line, on
from clinic.domain.words import N_


@edit(
    "DEN-19",
    title=N_("Number of surfaces against the act"),
    message=N_("%(code)s is for %(wanted)s surfaces; tooth %(tooth)s has %(count)s."),
    severity="warn",
    scope="line",
    when="line.part.teeth",
    fields=("acts[].part.teeth[].surfaces",),
    source="Numbering of the restorative codes; ADA J430D, item 28",
    since="2026-11-25",
    kinds=("dental",),
)
def surface_count(line: DentalActLine) -> Iterator[Fault]:
    """The code of a filling says how many surfaces it covers.

    What it checks:
        A filling (D2140 to D2161, D2330 to D2335, D2391 to D2394) names as many surfaces as its code counts: one,
        two, three, or four and more.

    Why payers deny:
        The payer pays what the surfaces say, or denies the line.

    How to fix:
        Choose the code for the surfaces that were filled, or correct the surfaces.
    """
    wanted = SURFACES_OF.get(line.code.value)
    if wanted is None:
        return
    for number, treated in enumerate(line.part.teeth):
        count = len(set(treated.surfaces))
        if count != wanted and not (wanted == MOST_COUNTED and count > wanted):
            shown = f"{wanted}+" if wanted == MOST_COUNTED else str(wanted)
            yield at(
                f"part.teeth[{number}].surfaces",
                code=line.code.value,
                wanted=shown,
                tooth=treated.tooth,
                count=count,
            )


FAILS = (
    dental_claim_with(acts=(dental_line(teeth=on("19:MOD")),)),
    dental_claim_with(acts=(dental_line(teeth=on("19")),)),
)
PASSES = (dental_claim_with(), dental_claim_with(acts=(dental_line(code="D2394", teeth=on("19:MODBL")),)))
