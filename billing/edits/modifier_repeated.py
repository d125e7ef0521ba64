"""A modifier says a thing once."""

from __future__ import annotations

from collections.abc import Iterator

from billing.domain.professional import ProfessionalActLine
from billing.edits.declare import Fault, at, edit
from billing.edits.example import claim_with, line
from clinic.domain.words import N_


@edit(
    "MOD-08",
    title=N_("Same modifier twice on a line"),
    message=N_("Modifier %(modifier)s stands on the line twice."),
    severity="warn",
    scope="line",
    fields=("acts[].part.modifiers", "acts[].part.modifiers[]"),
    when="line.part.modifiers and len(line.part.modifiers) > 1 and case.clashing(line.part.modifiers)",
    source=("005010X222A1 SV101-3 to SV101-6; Medicare Claims Processing Manual, chapter 26, section 10.4, item 24D"),
    since="2026-11-25",
)
def modifier_repeated(line: ProfessionalActLine) -> Iterator[Fault]:
    """A modifier says a thing once.

    What it checks:
        No modifier stands twice on one line.

    Why payers deny:
        The second says nothing and takes the place of another. Front ends of several payers send the line back.

    How to fix:
        Take the second out, or enter the one that was meant.
    """
    modifiers = line.part.modifiers
    for index, modifier in enumerate(modifiers):
        if modifier in modifiers[:index]:
            yield at(f"part.modifiers[{index}]", modifier=modifier)
            return


FAILS = (claim_with(acts=(line(modifiers=("25", "25")),)),)
PASSES = (claim_with(acts=(line(modifiers=("25",)),)),)
