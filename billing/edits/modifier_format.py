"""A modifier is two characters."""

from __future__ import annotations

from collections.abc import Iterator

from billing.domain.professional import ProfessionalActLine
from billing.edits.declare import Fault, at, edit
from billing.edits.example import claim_with, line
from clinic.domain.words import N_


@edit(
    "MOD-02",
    title=N_("Modifier that is not two characters"),
    message=N_("%(modifier)s is no modifier: each has two letters or digits."),
    severity="block",
    scope="line",
    fields=("acts[].part.modifiers", "acts[].part.modifiers[]"),
    when="line.part.modifiers",
    makes_redundant=("TXT-02", "TXT-03"),
    source="005010X222A1 SV101-3: two characters; CMS-1500 box 24D",
    since="2026-11-24",
)
def modifier_format(line: ProfessionalActLine) -> Iterator[Fault]:
    """A modifier is two characters.

    What it checks:
        Each modifier of a line has two letters or digits.

    Why payers deny:
        The element holds exactly two characters. Anything else is refused with the file, or moves the next
        modifier out of its place.

    How to fix:
        Enter the two characters. A hyphen before them is left out.
    """
    for index, modifier in enumerate(line.part.modifiers):
        if len(modifier) != 2 or not modifier.isalnum():
            yield at(f"part.modifiers[{index}]", modifier=modifier)


FAILS = (claim_with(acts=(line(modifiers=("-25",)),)),)
PASSES = (claim_with(acts=(line(modifiers=("25",)),)),)
