"""A visit is set apart by 25, not by 59."""

from __future__ import annotations

from collections.abc import Iterator

from billing.domain.professional import ProfessionalActLine
from billing.edits.bundled import DISTINCT, is_evaluation
from billing.edits.declare import Fault, at, edit
from billing.edits.example import claim_with, line
from clinic.domain.words import N_


@edit(
    "MOD-04",
    title=N_("Modifier of distinct acts on a visit"),
    message=N_("Modifier %(modifier)s does not go with a visit; a visit apart from an act has modifier 25."),
    severity="warn",
    scope="line",
    fields=("acts[].part.modifiers",),
    when="line.part.modifiers",
    source="CPT, Appendix A: modifier 59; NCCI Policy Manual, chapter I, section E",
    since="2026-11-24",
)
def modifier_distinct(line: ProfessionalActLine) -> Iterator[Fault]:
    """A visit is set apart by 25, not by 59.

    What it checks:
        No visit has modifier 59, XE, XP, XS or XU.

    Why payers deny:
        The modifier is not valid with visits, and the line comes back.

    How to fix:
        Put modifier 25 on the visit if it was apart, or 24 or 57 around a surgery.
    """
    modifiers = line.part.modifiers
    if modifiers and not DISTINCT.isdisjoint(modifiers) and is_evaluation(line.code.value):
        yield at(modifier=next(each for each in modifiers if each in DISTINCT))


FAILS = (claim_with(acts=(line(modifiers=("59",)),)),)
PASSES = (claim_with(acts=(line(modifiers=("25",)),)),)
