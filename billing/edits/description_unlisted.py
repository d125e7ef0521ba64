"""A code that names no drug needs words."""

from __future__ import annotations

from collections.abc import Iterator

from billing.domain.professional import ProfessionalActLine
from billing.edits.declare import Fault, at, edit
from billing.edits.example import claim_with, line
from clinic.domain.words import N_

UNLISTED_DRUGS = frozenset(
    {"A9699", "C9399", "J1599", "J3490", "J3590", "J3591", "J7199", "J7599", "J7699", "J7799", "J7999", "J8498"}
    | {"J8499", "J8597", "J8999", "J9999"}
)
"""HCPCS Level II numbers whose official meaning is "not otherwise classified" or "unclassified"."""


@edit(
    "DSC-01",
    title=N_("Unclassified code without a description"),
    message=N_("%(code)s says nothing by itself: the line needs a description."),
    severity="block",
    scope="line",
    fields=("acts[].part.description",),
    when="not line.part.description",
    trigger_codes=UNLISTED_DRUGS,
    makes_redundant=("TXT-02",),
    source="005010X222A1 SV101-7; CMS-1500 shaded line 24",
    since="2026-11-24",
)
def description_unlisted(line: ProfessionalActLine) -> Iterator[Fault]:
    """A code for everything else is explained in words.

    What it checks:
        A line with an unclassified drug code of HCPCS Level II has a description.

    Why payers deny:
        The file asks for one with these codes, and without it nobody can price the line.

    How to fix:
        Write the name of the drug and the dose. If the drug has a code of its own by now, use that.
    """
    if not line.part.description:
        yield at(code=line.code.value)


FAILS = (claim_with(acts=(line(code="J3490"),)),)
PASSES = (claim_with(acts=(line(code="J3490", description="NEWDRUG 5 MG"),)), claim_with(acts=(line(code="J1100"),)))
