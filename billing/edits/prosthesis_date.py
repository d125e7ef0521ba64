"""What replaces a prosthesis needs the day the other was placed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from billing.domain.dental import DentalActLine, Prosthesis
from billing.edits.declare import Fault, at, edit
from billing.edits.exampledental import dental_claim_with, dental_line, on
from clinic.domain.words import N_


@edit(
    "DEN-09",
    title=N_("Replaced prosthesis without its day"),
    message=N_("The prosthesis replaces another, and nothing says when that one was placed."),
    severity="block",
    scope="line",
    when="line.part.prosthesis is not None",
    fields=("acts[].part.prosthesis.replaced",),
    source="ASC X12N 005010X224A2, 2400 DTP 441 or 139; ADA J430D, item 44",
    since="2026-11-25",
    kinds=("dental",),
)
def prosthesis_date(line: DentalActLine) -> Iterator[Fault]:
    """What replaces a prosthesis needs the day the other was placed.

    What it checks:
        A crown, bridge or denture said to be a replacement names the day on which the one before was placed, exact or
        estimated.

    Why payers deny:
        Replacements are paid only after some years; without the day the claim is refused.

    How to fix:
        Enter the day. Where it is not known to the day, say that it is estimated.
    """
    prosthesis = line.part.prosthesis
    if prosthesis is not None and prosthesis.placement == "R" and prosthesis.replaced is None:
        yield at("part.prosthesis.replaced")


FAILS = (dental_claim_with(acts=(dental_line(code="D2740", teeth=on("3"), prosthesis=Prosthesis("R")),)),)
PASSES = (
    dental_claim_with(acts=(dental_line(code="D2740", teeth=on("3"), prosthesis=Prosthesis("R", date(2015, 6, 1))),)),
)
