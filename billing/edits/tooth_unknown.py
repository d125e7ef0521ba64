"""A tooth is named by a number that there is."""

from __future__ import annotations

from collections.abc import Iterator

from billing.domain.dental import DentalActLine
from billing.edits.declare import Fault, at, edit
from billing.edits.exampledental import dental_claim_with, dental_line, on
from clinic.domain.tooth import tooth_of
from clinic.domain.words import N_


@edit(
    "DEN-01",
    title=N_("Tooth that does not exist"),
    message=N_("%(tooth)s is no tooth of the Universal system."),
    severity="block",
    scope="line",
    when="line.part.teeth",
    fields=("acts[].part.teeth[].tooth",),
    source="ASC X12N 005010X224A2, 2400 TOO02; ADA J430D, item 27",
    since="2026-11-25",
    kinds=("dental",),
)
def tooth_unknown(line: DentalActLine) -> Iterator[Fault]:
    """A tooth is named by a number that there is.

    What it checks:
        Each tooth of a line is 1 to 32, A to T, or a supernumerary one: 51 to 82, AS to TS.

    Why payers deny:
        The claim is refused before anybody looks at it, or denied because the tooth does not go with the act.

    How to fix:
        Write the tooth by the Universal system: what ISO 3950 calls 16 is 3 there.
    """
    for number, treated in enumerate(line.part.teeth):
        if tooth_of(treated.tooth) is None:
            yield at(f"part.teeth[{number}].tooth", tooth=treated.tooth)


FAILS = (
    dental_claim_with(acts=(dental_line(teeth=on("33:MO")),)),
    dental_claim_with(acts=(dental_line(teeth=on("US:MO")),)),
)
PASSES = (dental_claim_with(), dental_claim_with(acts=(dental_line(teeth=on("AS:MO")),)))
