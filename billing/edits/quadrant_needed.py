"""Scaling and gum surgery by the quadrant name it."""

from __future__ import annotations

from collections.abc import Iterator

from billing.domain.dental import DentalActLine
from billing.edits.declare import Fault, at, edit
from billing.edits.dentalacts import BY_QUADRANT, QUADRANTS
from billing.edits.exampledental import dental_claim_with, dental_line
from clinic.domain.words import N_


@edit(
    "DEN-21",
    title=N_("Act on a quadrant without it"),
    message=N_("%(code)s is done on a quadrant, and none is named."),
    severity="warn",
    scope="line",
    when="not line.part.teeth",
    fields=("acts[].part.areas",),
    source="ADA J430D, item 25",
    since="2026-11-25",
    kinds=("dental",),
)
def quadrant_needed(line: DentalActLine) -> Iterator[Fault]:
    """Scaling and gum surgery by the quadrant name it.

    What it checks:
        D4210, D4211, D4240, D4241, D4260, D4261, D4341 and D4342 name one of the quadrants 10, 20, 30 and 40, or the
        teeth.

    Why payers deny:
        Each quadrant is paid once in some years; without it the line is denied.

    How to fix:
        Enter the quadrant; where some teeth of it were treated, enter the teeth.
    """
    if line.code.value in BY_QUADRANT and not line.part.teeth and QUADRANTS.isdisjoint(line.part.areas):
        yield at("part.areas", code=line.code.value)


FAILS = (
    dental_claim_with(acts=(dental_line(code="D4341", teeth=()),)),
    dental_claim_with(acts=(dental_line(code="D4341", teeth=(), areas=("01",)),)),
)
PASSES = (dental_claim_with(acts=(dental_line(code="D4341", teeth=(), areas=("10",)),)),)
