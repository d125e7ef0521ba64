"""Each line has a number of its own."""

from __future__ import annotations

from collections.abc import Iterator

from billing.edits.declare import Fault, at, edit
from billing.edits.example import claim_with, line
from billing.edits.facts import AnyClaim
from clinic.domain.words import N_


@edit(
    "LIN-03",
    title=N_("Two lines with one number"),
    message=N_("The line number %(number)s stands on an earlier line too."),
    severity="block",
    scope="claim",
    fields=("acts", "acts[].number"),
    when="case.renumbered",
    kinds=("professional", "dental"),
    source="005010X222A1 2400 REF*6R",
    since="2026-11-24",
)
def line_number(claim: AnyClaim) -> Iterator[Fault]:
    """The payer answers line by line, by number.

    What it checks:
        No two lines of a claim have the same line control number.

    Why payers deny:
        The guide asks for a number unique in the claim. With two alike nobody can tell which line a payment on the
        remittance is for.

    How to fix:
        Number the lines anew.
    """
    acts = claim.acts
    if len({act.number for act in acts}) != len(acts):
        seen = set()
        for index, act in enumerate(acts):
            if act.number in seen:
                yield at(f"acts[{index}].number", number=act.number)
            seen.add(act.number)


FAILS = (claim_with(acts=(line(), line(code="93000"))),)
PASSES = (claim_with(acts=(line(), line(number="2", code="93000"))),)
