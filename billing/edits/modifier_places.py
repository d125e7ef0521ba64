"""A line is for one finger, toe, lid or side."""

from __future__ import annotations

from collections.abc import Iterator

from billing.domain.professional import ProfessionalActLine
from billing.edits.declare import Fault, at, edit
from billing.edits.example import claim_with, line
from billing.edits.sidebyside import SAME_KIND
from clinic.domain.words import N_


@edit(
    "MOD-10",
    title=N_("Two places of the body on one line"),
    message=N_("Modifiers %(one)s and %(two)s name two places; each has a line of its own."),
    severity="warn",
    scope="line",
    fields=("acts[].part.modifiers",),
    when="line.part.modifiers and len(line.part.modifiers) > 1 and case.clashing(line.part.modifiers)",
    source=(
        "Medicare Claims Processing Manual, chapter 23, section 20.9; NCCI Policy Manual for "
        "Medicare Services, chapter I, section E"
    ),
    since="2026-11-25",
)
def modifier_places(line: ProfessionalActLine) -> Iterator[Fault]:
    """A line is for one finger, toe, lid or side.

    What it checks:
        No line names two fingers (FA, F1 to F9), toes (TA, T1 to T9), lids (E1 to E4), or both sides (LT and
        RT).

    Why payers deny:
        The payer pays the line once, for one of the places, or sends it back. For supplies sent in pairs it
        denies both.

    How to fix:
        Put each place on a line of its own. Where the act was done on both sides and may be billed so, use
        modifier 50.
    """
    modifiers = line.part.modifiers
    if len(modifiers) > 1:
        for kind in SAME_KIND:
            named = [each for each in dict.fromkeys(modifiers) if each in kind]
            # Beside 50 a side is told of by another edit.
            if len(named) > 1 and not (named[0] in {"LT", "RT"} and "50" in modifiers):
                yield at(one=named[0], two=named[1])


FAILS = (
    claim_with(acts=(line(code="26055", modifiers=("F1", "F2")),)),
    claim_with(acts=(line(code="20610", modifiers=("LT", "RT")),)),
)
PASSES = (claim_with(acts=(line(code="26055", modifiers=("F1",)), line(number="2", code="26055", modifiers=("F2",)))),)
