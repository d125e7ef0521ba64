"""Modifier 59 and its finer forms do not stand together."""

from __future__ import annotations

from collections.abc import Iterator

from billing.domain.professional import ProfessionalActLine
from billing.edits.bundled import DISTINCT
from billing.edits.declare import Fault, at, edit
from billing.edits.example import claim_with, line
from clinic.domain.words import N_


@edit(
    "MOD-05",
    title=N_("Modifier 59 beside a finer one"),
    message=N_("Modifier 59 stands beside %(modifier)s, which says the same more exactly."),
    severity="warn",
    scope="line",
    fields=("acts[].part.modifiers",),
    when="line.part.modifiers and len(line.part.modifiers) > 1",
    source="Medicare Claims Processing Manual, chapter 23, section 20.9.1.1: XE, XP, XS, XU are subsets of 59",
    since="2026-11-24",
)
def modifier_twofold(line: ProfessionalActLine) -> Iterator[Fault]:
    """Modifier 59 and its finer forms do not stand together.

    What it checks:
        No line has modifier 59 and one of XE, XP, XS, XU.

    Why payers deny:
        The finer form takes the place of 59. With both, payers send the line back.

    How to fix:
        Take 59 off.
    """
    modifiers = line.part.modifiers
    if "59" in modifiers:
        for modifier in modifiers:
            if modifier in DISTINCT and modifier != "59":
                yield at(modifier=modifier)
                return


FAILS = (claim_with(acts=(line(code="20610", modifiers=("59", "XS")),)),)
PASSES = (claim_with(acts=(line(code="20610", modifiers=("XS",)),)),)
