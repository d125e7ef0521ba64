"""The first prosthesis has none before it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from billing.domain.dental import DentalActLine, Prosthesis
from billing.edits.declare import Fault, at, edit
from billing.edits.exampledental import dental_claim_with, dental_line, on
from clinic.domain.words import N_


@edit(
    "DEN-10",
    title=N_("First prosthesis with the day of another"),
    message=N_("It is said to be the first prosthesis, and a day of an earlier one is given."),
    severity="block",
    scope="line",
    when="line.part.prosthesis is not None",
    fields=("acts[].part.prosthesis",),
    source="ASC X12N 005010X224A2, 2400 SV305 and DTP 441",
    since="2026-11-25",
    kinds=("dental",),
)
def prosthesis_first(line: DentalActLine) -> Iterator[Fault]:
    """The first prosthesis has none before it.

    What it checks:
        Only a replacement has a day on which the one before was placed.

    Why payers deny:
        The file is refused, for one of the two statements is wrong.

    How to fix:
        Say that it is a replacement, or remove the day.
    """
    prosthesis = line.part.prosthesis
    if prosthesis is not None and prosthesis.placement == "I" and prosthesis.replaced is not None:
        yield at("part.prosthesis")


FAILS = (
    dental_claim_with(acts=(dental_line(code="D2740", teeth=on("3"), prosthesis=Prosthesis("I", date(2015, 6, 1))),)),
)
PASSES = (dental_claim_with(acts=(dental_line(code="D2740", teeth=on("3"), prosthesis=Prosthesis("I")),)),)
