"""Modifiers 24, 25 and 57 stand on visits."""

from __future__ import annotations

from collections.abc import Iterator

from billing.domain.professional import ProfessionalActLine
from billing.edits.bundled import EVALUATION_MODIFIERS
from billing.edits.declare import Fault, at, edit
from billing.edits.example import claim_with, line
from clinic.domain.words import N_


@edit(
    "MOD-03",
    title=N_("Modifier of visits on another act"),
    message=N_("Modifier %(modifier)s sets a visit apart; %(code)s is no visit."),
    severity="warn",
    scope="line",
    fields=("acts[].part.modifiers",),
    when="line.part.modifiers",
    source="CPT, Appendix A: modifiers 24, 25, 57 go with evaluation and management",
    since="2026-11-24",
)
def modifier_visit(line: ProfessionalActLine) -> Iterator[Fault]:
    """Modifiers 24, 25 and 57 stand on visits.

    What it checks:
        No surgery, image or laboratory test (codes 10004 to 89398) has modifier 24, 25 or 57.

    Why payers deny:
        The modifier is not valid with the code, the line comes back, and the visit beside it is denied as included
        because nothing sets it apart.

    How to fix:
        Move the modifier to the visit of the day.
    """
    code = line.code.value
    if len(code) == 5 and code.isdecimal() and "10004" <= code <= "89398":
        for modifier in line.part.modifiers:
            if modifier in EVALUATION_MODIFIERS:
                yield at(modifier=modifier, code=code)
                return


FAILS = (claim_with(acts=(line(code="20610", modifiers=("25",)),)),)
PASSES = (claim_with(acts=(line(modifiers=("25",)), line(number="2", code="20610", modifiers=("LT",)))),)
