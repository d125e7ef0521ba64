"""Of one vial some is left, or none."""

from __future__ import annotations

from collections.abc import Iterator

from billing.domain.professional import ProfessionalActLine
from billing.edits.declare import Fault, at, edit
from billing.edits.example import claim_with, line
from clinic.domain.words import N_


@edit(
    "DRG-06",
    title=N_("Drug thrown away and not"),
    message=N_(
        "%(code)s says on line %(other)s and here both that some of it was thrown away (JW) and that none was (JZ)."
    ),
    severity="warn",
    scope="pair",
    fields=("acts[].part.modifiers",),
    when=(
        '("JW" in first.part.modifiers and "JZ" in second.part.modifiers) or ("JZ" in '
        'first.part.modifiers and "JW" in second.part.modifiers)'
    ),
    same_code=True,
    source="Medicare Claims Processing Manual, chapter 17, section 40; modifiers JW and JZ",
    since="2026-11-25",
)
def drug_waste(first: ProfessionalActLine, second: ProfessionalActLine) -> Iterator[Fault]:
    """Of one vial some is left, or none.

    What it checks:
        Lines of one day and code do not have modifier JW on one and JZ on another.

    Why payers deny:
        The two say the opposite of each other. Medicare returns the lines.

    How to fix:
        Where some was thrown away, bill what was given without a modifier and what was thrown away with JW.
        Only where nothing was, JZ stands on the line.
    """
    one, two = first.part.modifiers, second.part.modifiers
    if (
        first.code == second.code
        and first.service.start == second.service.start
        and (("JW" in one and "JZ" in two) or ("JZ" in one and "JW" in two))
    ):
        yield at(code=second.code.value)


FAILS = (
    claim_with(acts=(line(code="J9035", modifiers=("JZ", "59")), line(number="2", code="J9035", modifiers=("JW",)))),
)
PASSES = (claim_with(acts=(line(code="J9035", modifiers=("59",)), line(number="2", code="J9035", modifiers=("JW",)))),)
