"""Boxes 24 to 31 of the ADA form: one service line."""

from __future__ import annotations

from itertools import pairwise

from billing.documents.ada_form import Each, Texts
from billing.documents.ada_wording import day
from billing.domain.dental import DentalActLine, DentalClaim
from clinic.domain.tooth import ROWS

line: Each = Each()

UNIVERSAL = "JP"
"""How box 26 calls the Universal system, by which claims number teeth."""

_NEXT = {tooth: after for row in ROWS for tooth, after in pairwise(row)}
_LETTERS = dict(enumerate("ABCD", start=1))


@line("24.# date")
def done_on(claim: DentalClaim, act: DentalActLine) -> Texts:
    """Blank in a predetermination: nothing was done."""
    return ("" if claim.part.predetermination else day(act.service.start),)


@line("25.# area", "26.# system", "27.# teeth", "28.# surfaces")
def where(claim: DentalClaim, act: DentalActLine) -> Texts:  # noqa: ARG001  one signature for all rows
    """Areas, or teeth with their surfaces; surfaces that differ from tooth to tooth stand apart by commas."""
    part = act.part
    teeth = tuple(each.tooth for each in part.teeth)
    surfaces = dict.fromkeys("".join(each.surfaces) for each in part.teeth if each.surfaces)
    return " ".join(part.areas), UNIVERSAL if teeth else "", _listed(teeth), ",".join(surfaces)


@line("29.# code", "29a.# pointers", "29b.# quantity")
def procedure(claim: DentalClaim, act: DentalActLine) -> Texts:  # noqa: ARG001  one signature for all rows
    """Pointers are letters of box 34a, most important first; one to nothing is a question mark."""
    return (
        act.code.value,
        "".join(_LETTERS.get(pointer, "?") for pointer in act.part.pointers),
        act.quantity.plain().zfill(2),
    )


@line("30.# description", "31.# fee")
def fee(claim: DentalClaim, act: DentalActLine) -> Texts:  # noqa: ARG001  one signature for all rows
    """A description stands only where the code says nothing by itself: those of CDT are the ADA's."""
    return act.part.description or "", act.charge.plain()


def _listed(teeth: tuple[str, ...]) -> str:
    """Teeth apart by commas, three and more side by side with a hyphen, as the box takes ranges."""
    runs: list[list[str]] = []
    for tooth in teeth:
        if runs and _NEXT.get(runs[-1][-1]) == tooth:
            runs[-1].append(tooth)
        else:
            runs.append([tooth])
    return ",".join(f"{run[0]}-{run[-1]}" if len(run) > 2 else ",".join(run) for run in runs)
