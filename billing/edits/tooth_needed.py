"""Fillings, root treatments and extractions name their tooth."""

from __future__ import annotations

from collections.abc import Iterator

from billing.domain.dental import DentalActLine
from billing.edits.declare import Fault, at, edit
from billing.edits.dentalacts import needs_tooth
from billing.edits.exampledental import dental_claim_with, dental_line
from clinic.domain.words import N_


@edit(
    "DEN-18",
    title=N_("Act on a tooth without the tooth"),
    message=N_("%(code)s is done on a tooth, and none is named."),
    severity="warn",
    scope="line",
    when="not line.part.teeth",
    fields=("acts[].part.teeth",),
    source="ADA J430D, item 27",
    since="2026-11-25",
    kinds=("dental",),
)
def tooth_needed(line: DentalActLine) -> Iterator[Fault]:
    """Fillings, root treatments and extractions name their tooth.

    What it checks:
        A line of D2000 to D3999 or D7111 to D7250 names the tooth it was done on.

    Why payers deny:
        Without the tooth the payer cannot look into its history, and denies the line.

    How to fix:
        Enter the tooth.
    """
    if not line.part.teeth and needs_tooth(line.code.value):
        yield at("part.teeth", code=line.code.value)


FAILS = (dental_claim_with(acts=(dental_line(teeth=()),)),)
PASSES = (dental_claim_with(acts=(dental_line(code="D1110", teeth=()),)),)
