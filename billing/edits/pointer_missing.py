"""Each line points to a diagnosis."""

from __future__ import annotations

from collections.abc import Iterator

from billing.domain.professional import ProfessionalActLine
from billing.edits.declare import Fault, at, edit
from billing.edits.example import claim_with, line
from clinic.domain.words import N_


@edit(
    "PTR-01",
    title=N_("Line without a diagnosis pointer"),
    message=N_("The line points to no diagnosis."),
    severity="block",
    scope="line",
    fields=("acts[].part.pointers",),
    when="not line.part.pointers",
    source="005010X222A1 SV107; CMS-1500 box 24E",
    since="2026-11-24",
)
def pointer_missing(line: ProfessionalActLine) -> Iterator[Fault]:
    """A line says for which diagnosis it was done.

    What it checks:
        Each service line has at least one diagnosis pointer.

    Why payers deny:
        The pointer is a required element of the file, and on paper the only word on why the act was needed. Without it
        the claim is returned as unprocessable.

    How to fix:
        Choose the diagnosis the act was done for, the most important first, up to four.
    """
    if not line.part.pointers:
        yield at()


FAILS = (claim_with(acts=(line(pointers=()),)),)
PASSES = (claim_with(acts=(line(pointers=(1,)),)),)
