"""A quadrant is treated once a day."""

from __future__ import annotations

from collections.abc import Iterator

from billing.domain.dental import DentalActLine
from billing.edits.declare import Fault, at, edit
from billing.edits.exampledental import dental_claim_with, dental_line
from clinic.domain.words import N_


@edit(
    "DEN-23",
    title=N_("Same quadrant twice"),
    message=N_("Line %(other)s has %(code)s on the same quadrant on the same day."),
    severity="warn",
    scope="pair",
    same_code=True,
    once=True,
    fields=("acts[].part.areas",),
    source="ADA J430D, item 25",
    since="2026-11-25",
    kinds=("dental",),
)
def quadrant_repeated(first: DentalActLine, second: DentalActLine) -> Iterator[Fault]:
    """A quadrant is treated once a day.

    What it checks:
        Two lines of one day do not have the same act on the same area of the mouth.

    Why payers deny:
        The second line is denied as a duplicate of the first.

    How to fix:
        Correct the quadrant, or delete the line.
    """
    mine, yours = first.part.areas, second.part.areas
    if first.code == second.code and first.service == second.service and not set(mine).isdisjoint(yours):
        yield at("part.areas", code=second.code.value)


FAILS = (
    dental_claim_with(
        acts=(
            dental_line(code="D4341", teeth=(), areas=("10",)),
            dental_line(code="D4341", number="2", teeth=(), areas=("10",)),
        )
    ),
)
PASSES = (
    dental_claim_with(
        acts=(
            dental_line(code="D4341", teeth=(), areas=("10",)),
            dental_line(code="D4341", number="2", teeth=(), areas=("20",)),
        )
    ),
)
