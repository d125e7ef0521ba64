"""A day of an act is billed once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from billing.domain.professional import ProfessionalActLine
from billing.edits.declare import Fault, at, edit
from billing.edits.example import claim_with, line
from clinic.domain.period import Period
from clinic.domain.words import N_

_WHY = frozenset({"59", "76", "77", "91", "XE", "XP", "XS", "XU", "LT", "RT"})


@edit(
    "DUP-04",
    title=N_("Act whose days are billed twice"),
    message=N_("Line %(other)s has %(code)s for days that this line has too."),
    severity="warn",
    scope="pair",
    fields=("acts[].service",),
    when="first.service != second.service",
    same_code=True,
    once=True,
    source=("Medicare Claims Processing Manual, chapter 1, section 120, and chapter 26, section 10.4, item 24A"),
    since="2026-11-25",
)
def duplicate_span(first: ProfessionalActLine, second: ProfessionalActLine) -> Iterator[Fault]:
    """A day of an act is billed once.

    What it checks:
        Two lines with one code by one person do not share days while their dates differ, unless a modifier (59,
        76, 77, 91, XE, XP, XS, XU, LT, RT) says why.

    Why payers deny:
        The payer takes the shared days for a duplicate and denies the second line whole.

    How to fix:
        Correct the dates so that each day stands on one line.
    """
    one, two = first.service, second.service
    if (
        first.code == second.code
        and one != two
        and first.part.rendering == second.part.rendering
        and one.start <= two.last
        and two.start <= one.last
        and _WHY.isdisjoint(first.part.modifiers + second.part.modifiers)
    ):
        yield at(code=second.code.value)


FAILS = (
    claim_with(
        acts=(
            line(code="G0299", service=Period(date(2026, 3, 2), date(2026, 3, 5))),
            line(number="2", code="G0299", service=Period(date(2026, 3, 5))),
        )
    ),
)
PASSES = (
    claim_with(
        acts=(
            line(code="G0299", service=Period(date(2026, 3, 2), date(2026, 3, 4))),
            line(number="2", code="G0299", service=Period(date(2026, 3, 5))),
        )
    ),
)
