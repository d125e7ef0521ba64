"""What is replaced was placed before."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from billing.domain.dental import DentalActLine, Prosthesis
from billing.edits.declare import Fault, at, edit
from billing.edits.exampledental import dental_claim_with, dental_line, on
from clinic.domain.words import N_


@edit(
    "DEN-11",
    title=N_("Earlier prosthesis placed too late"),
    message=N_("The prosthesis replaced is said to have been placed on %(placed)s, not before this act."),
    severity="block",
    scope="line",
    when="line.part.prosthesis is not None",
    fields=("acts[].part.prosthesis.replaced",),
    source="Order of the facts",
    since="2026-11-25",
    kinds=("dental",),
)
def prosthesis_order(line: DentalActLine) -> Iterator[Fault]:
    """What is replaced was placed before.

    What it checks:
        The day the earlier prosthesis was placed lies before the day of the act.

    Why payers deny:
        The dates contradict each other, and the claim is sent back.

    How to fix:
        Correct one of the two days.
    """
    prosthesis = line.part.prosthesis
    if prosthesis is not None and prosthesis.replaced is not None and prosthesis.replaced >= line.service.start:
        yield at("part.prosthesis.replaced", placed=prosthesis.replaced.isoformat())


FAILS = (
    dental_claim_with(acts=(dental_line(code="D2740", teeth=on("3"), prosthesis=Prosthesis("R", date(2026, 4, 1))),)),
)
PASSES = (
    dental_claim_with(acts=(dental_line(code="D2740", teeth=on("3"), prosthesis=Prosthesis("R", date(2015, 4, 1))),)),
)
