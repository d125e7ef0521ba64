"""One restoration of a tooth is one line, whatever it covers."""

from __future__ import annotations

from collections.abc import Iterator

from billing.domain.dental import DentalActLine
from billing.edits.declare import Fault, at, edit
from billing.edits.exampledental import dental_claim_with, dental_line, on
from clinic.domain.words import N_


@edit(
    "DEN-08",
    title=N_("Same act on the same tooth twice"),
    message=N_("Line %(other)s has %(code)s on tooth %(tooth)s on the same day."),
    severity="warn",
    scope="pair",
    same_code=True,
    once=True,
    fields=("acts[].part.teeth",),
    source="ADA guide to dental claims: one line a restored tooth",
    since="2026-11-25",
    kinds=("dental",),
)
def tooth_again(first: DentalActLine, second: DentalActLine) -> Iterator[Fault]:
    """One restoration of a tooth is one line, whatever it covers.

    What it checks:
        Two lines of one day do not have the same act on the same tooth with a surface in common, or with none.

    Why payers deny:
        The second line is denied as a duplicate of the first.

    How to fix:
        Put the surfaces together and choose the act for so many of them; delete the other line.
    """
    if first.code != second.code or first.service != second.service:
        return
    mine = {each.tooth: set(each.surfaces) for each in first.part.teeth}
    for treated in second.part.teeth:
        if treated.tooth in mine and (mine[treated.tooth] & set(treated.surfaces) or not treated.surfaces):
            yield at("part.teeth", code=second.code.value, tooth=treated.tooth)


FAILS = (dental_claim_with(acts=(dental_line(), dental_line(number="2", teeth=on("19:OD")))),)
PASSES = (
    dental_claim_with(acts=(dental_line(), dental_line(number="2", teeth=on("30:MO")))),
    dental_claim_with(
        acts=(dental_line(code="D2391", teeth=on("19:O")), dental_line(code="D2391", number="2", teeth=on("19:B")))
    ),
)
