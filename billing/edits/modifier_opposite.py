"""Some modifiers leave no room for each other."""

from __future__ import annotations

from collections.abc import Iterator

from billing.domain.professional import ProfessionalActLine
from billing.edits.declare import Fault, at, edit
from billing.edits.example import claim_with, line
from billing.edits.sidebyside import OPPOSITES
from clinic.domain.words import N_


@edit(
    "MOD-09",
    title=N_("Modifiers that say the opposite of each other"),
    message=N_("Modifiers %(one)s and %(two)s do not go together on one line."),
    severity="warn",
    scope="line",
    fields=("acts[].part.modifiers",),
    when="line.part.modifiers and len(line.part.modifiers) > 1 and case.clashing(line.part.modifiers)",
    source=(
        "Medicare Claims Processing Manual, chapter 13, section 20.2 (26, TC), chapter 17, section"
        " 40 (JW, JZ), chapter 12, section 190 (93, 95)"
    ),
    since="2026-11-25",
)
def modifier_opposite(line: ProfessionalActLine) -> Iterator[Fault]:
    """Some modifiers leave no room for each other.

    What it checks:
        No line has both 26 and TC (reading and equipment: without either the act is whole), JW and JZ (a drug
        was thrown away, or none was), 93 and 95 or GT (sound alone, or sound and picture).

    Why payers deny:
        The payer cannot tell which of the two holds, and sends the line back.

    How to fix:
        Keep the one that is true. Who did both the reading and the rest bills the act without 26 and TC.
    """
    modifiers = line.part.modifiers
    if len(modifiers) > 1:
        for one, two in OPPOSITES:
            if one in modifiers and two in modifiers:
                yield at(one=one, two=two)
                return


FAILS = (claim_with(acts=(line(code="71046", modifiers=("26", "TC")),)),)
PASSES = (claim_with(acts=(line(code="71046", modifiers=("26", "59")),)),)
