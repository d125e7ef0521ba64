"""Modifiers begin and end as codes do."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from billing.domain.professional import ProfessionalActLine
from billing.edits.case import Case
from billing.edits.declare import Fault, at, edit
from billing.edits.example import claim_with, line
from billing.edits.exampleworlds import CODED
from clinic.domain.code import Code
from clinic.domain.period import Period
from clinic.domain.words import N_

_LIST = "hcpcs-modifier"
_PHYSICAL_STATUS = frozenset({"P1", "P2", "P3", "P4", "P5", "P6"})
"""Of CPT, though they begin with a letter."""


@edit(
    "MOD-07",
    title=N_("Modifier that does not exist on the day"),
    message=N_("%(modifier)s is no modifier of HCPCS Level II on %(date)s."),
    severity="block",
    scope="line",
    fields=("acts[].part.modifiers", "acts[].part.modifiers[]"),
    when='line.part.modifiers and case.facts.judges("hcpcs-modifier", line.service.start)',
    source="HCPCS Level II of CMS, the modifiers of the release of the day; 005010X222A1 SV101-3 to SV101-6",
    since="2026-11-25",
)
def modifier_unknown(line: ProfessionalActLine, case: Case) -> Iterator[Fault]:
    """Modifiers begin and end as codes do.

    What it checks:
        Each modifier that begins with a letter stands in the HCPCS Level II release that covers the day of the
        line. Modifiers of CPT, which begin with a digit or are P1 to P6, are not looked up. Without a complete
        release nothing is said.

    Why payers deny:
        A modifier that does not hold on the day of service is refused on arrival, and the line with it.

    How to fix:
        Look for a slip of the finger, or take the modifier that holds on the day.
    """
    day = line.service.start
    if case.facts.judges(_LIST, day):
        for index, modifier in enumerate(line.part.modifiers):
            named = (
                len(modifier) == 2 and modifier.isalnum() and modifier[0].isalpha() and modifier not in _PHYSICAL_STATUS
            )
            if named and case.facts.lacks(Code(_LIST, modifier), day):
                yield at(f"part.modifiers[{index}]", modifier=modifier, date=day.isoformat())


FACTS = CODED

FAILS = (claim_with(acts=(line(modifiers=("ZA",)),)),)
PASSES = (
    claim_with(acts=(line(code="20610", modifiers=("LT", "59")),)),
    claim_with(acts=(line(modifiers=("ZA",), service=Period(date(2025, 12, 15))),)),
)
