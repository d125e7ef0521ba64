"""A line has room for four modifiers."""

from __future__ import annotations

from collections.abc import Iterator

from billing.domain.professional import MAX_MODIFIERS, ProfessionalActLine
from billing.edits.declare import Fault, at, edit
from billing.edits.example import claim_with, line
from clinic.domain.words import N_


@edit(
    "MOD-01",
    title=N_("More than four modifiers"),
    message=N_("The line has %(count)s modifiers; it can hold four."),
    severity="block",
    scope="line",
    fields=("acts[].part.modifiers",),
    when="line.part.modifiers and len(line.part.modifiers) > 4",
    source="005010X222A1 SV101-3 to SV101-6; CMS-1500 box 24D",
    since="2026-11-24",
)
def modifier_count(line: ProfessionalActLine) -> Iterator[Fault]:
    """A line has room for four modifiers.

    What it checks:
        No line has more than four modifiers.

    Why payers deny:
        Neither the file nor the paper has a place for a fifth, so the claim cannot be written as it stands.

    How to fix:
        Keep the four that change the payment. Where all are needed, use 99 in the last place and list the
        rest in the note, if the payer takes that.
    """
    if len(line.part.modifiers) > MAX_MODIFIERS:
        yield at(count=len(line.part.modifiers))


FAILS = (claim_with(acts=(line(modifiers=("22", "76", "RT", "GA", "QX")),)),)
PASSES = (claim_with(acts=(line(modifiers=("22", "76", "RT", "GA")),)),)
