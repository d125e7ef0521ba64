"""A tooth that was extracted is not filled afterwards."""

from __future__ import annotations

from collections.abc import Iterator

from billing.domain.dental import DentalActLine
from billing.edits.declare import Fault, at, edit
from billing.edits.dentalacts import is_extraction, is_restoration
from billing.edits.exampledental import dental_claim_with, dental_line, on
from clinic.domain.words import N_


@edit(
    "DEN-24",
    title=N_("Tooth treated after it was extracted"),
    message=N_("Line %(other)s extracts tooth %(tooth)s on the same day or before."),
    severity="warn",
    scope="pair",
    once=True,
    fields=("acts[].part.teeth",),
    source="Order of the facts",
    since="2026-11-25",
    kinds=("dental",),
)
def tooth_extracted(first: DentalActLine, second: DentalActLine) -> Iterator[Fault]:
    """A tooth that was extracted is not filled afterwards.

    What it checks:
        No line fills or treats the root of (D2000 to D3999) a tooth that another line of the claim extracts (D7111 to
        D7250) on that day or before.

    Why payers deny:
        Only one of the two can have been done; the other is denied.

    How to fix:
        Correct the tooth, or delete the line.
    """
    for out, done in ((first, second), (second, first)):
        if (
            is_extraction(out.code.value)
            and is_restoration(done.code.value)
            and out.service.start <= done.service.start
        ):
            gone = {each.tooth for each in out.part.teeth}
            for treated in done.part.teeth:
                if treated.tooth in gone:
                    yield at("part.teeth", tooth=treated.tooth)
                    return


FAILS = (dental_claim_with(acts=(dental_line(), dental_line(code="D7140", number="2", teeth=on("19")))),)
PASSES = (dental_claim_with(acts=(dental_line(), dental_line(code="D7140", number="2", teeth=on("1")))),)
