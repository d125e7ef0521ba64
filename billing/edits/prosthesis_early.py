"""Few plans pay a new prosthesis within five years."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from billing.domain.dental import DentalActLine, Prosthesis
from billing.edits.declare import Fault, at, edit
from billing.edits.exampledental import dental_claim_with, dental_line, on
from clinic.domain.words import N_

_YEARS = 5


@edit(
    "DEN-13",
    title=N_("Prosthesis replaced within five years"),
    message=N_("The prosthesis replaced was placed on %(placed)s, less than five years before."),
    severity="advise",
    scope="line",
    when="line.part.prosthesis is not None",
    fields=("acts[].part.prosthesis.replaced",),
    source="Usual replacement interval of dental plans; each policy has its own",
    since="2026-11-25",
    kinds=("dental",),
)
def prosthesis_early(line: DentalActLine) -> Iterator[Fault]:
    """Few plans pay a new prosthesis within five years.

    What it checks:
        A replacement lies five years or more after the prosthesis it replaces was placed.

    Why payers deny:
        Most plans pay for a replacement after five to ten years, and before that only for reasons that are told.

    How to fix:
        Look at the policy. Where there is a reason, tell it in a note and attach the radiograph.
    """
    prosthesis = line.part.prosthesis
    if prosthesis is None or prosthesis.replaced is None:
        return
    placed, day = prosthesis.replaced, line.service.start
    if placed < day and (day.year - placed.year, day.month, day.day) < (_YEARS, placed.month, placed.day):
        yield at("part.prosthesis.replaced", placed=placed.isoformat())


FAILS = (
    dental_claim_with(acts=(dental_line(code="D2740", teeth=on("3"), prosthesis=Prosthesis("R", date(2023, 6, 1))),)),
)
PASSES = (
    dental_claim_with(acts=(dental_line(code="D2740", teeth=on("3"), prosthesis=Prosthesis("R", date(2021, 3, 2))),)),
)
