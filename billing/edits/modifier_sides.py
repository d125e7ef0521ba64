"""A line is for both sides or for one."""

from __future__ import annotations

from collections.abc import Iterator

from billing.domain.professional import ProfessionalActLine
from billing.edits.declare import Fault, at, edit
from billing.edits.example import claim_with, line
from clinic.domain.words import N_


@edit(
    "MOD-06",
    title=N_("Both sides and one side on a line"),
    message=N_("Modifier 50 says both sides, and %(modifier)s one side."),
    severity="warn",
    scope="line",
    fields=("acts[].part.modifiers",),
    when="line.part.modifiers and len(line.part.modifiers) > 1",
    source="CPT, Appendix A: modifier 50; Medicare Claims Processing Manual, chapter 12, section 40.7",
    since="2026-11-24",
)
def modifier_sides(line: ProfessionalActLine) -> Iterator[Fault]:
    """A line is for both sides or for one.

    What it checks:
        No line has modifier 50 together with LT or RT.

    Why payers deny:
        The two say different things, and the line comes back.

    How to fix:
        Keep 50 where both sides were done on one line. Else put each side on a line of its own.
    """
    modifiers = line.part.modifiers
    if "50" in modifiers:
        for modifier in modifiers:
            if modifier in {"LT", "RT"}:
                yield at(modifier=modifier)
                return


FAILS = (claim_with(acts=(line(code="20610", modifiers=("50", "LT")),)),)
PASSES = (claim_with(acts=(line(code="20610", modifiers=("50",)),)),)
