"""The same act twice on one day needs a modifier that says why."""

from __future__ import annotations

from collections.abc import Iterator

from billing.domain.professional import ProfessionalActLine
from billing.edits.declare import Fault, at, edit
from billing.edits.example import claim_with, line
from clinic.domain.words import N_

_SAYS_WHY = frozenset({"76", "77", "59", "91", "XE", "XP", "XS", "XU"})
"""Repeated by the same or another person, distinct (and its four finer forms), laboratory test repeated."""

_SIDES = frozenset(
    {"LT", "RT", "LC", "LD", "LM", "RC", "RI", "E1", "E2", "E3", "E4"}
    | {f"F{finger}" for finger in "A123456789"}
    | {f"T{toe}" for toe in "A123456789"}
)
"""Anatomic modifiers: one act on each side is not a duplicate."""


@edit(
    "DUP-01",
    title=N_("Same act twice on one day"),
    message=N_("Line %(other)s has %(code)s on the same day, and no modifier says why it was done again."),
    severity="warn",
    scope="pair",
    same_code=True,
    once=True,
    fields=("acts[].code",),
    when="first.service == second.service",
    source="Medicare Claims Processing Manual, chapter 1, section 120; modifiers 59, 76, 77, 91",
    since="2026-11-24",
)
def duplicate_line(first: ProfessionalActLine, second: ProfessionalActLine) -> Iterator[Fault]:
    """Two lines that look the same are taken for one sent twice.

    What it checks:
        Two lines with the same code on the same day by the same person, where the second has none of the modifiers 59,
        76, 77, 91, XE, XP, XS, XU and both have the same anatomic modifiers.

    Why payers deny:
        The second line is denied as an exact duplicate of the first, whatever was really done.

    How to fix:
        If it was done once, delete the line or put the count in the units. If it was done again, add the modifier that
        says so: 76 or 77 for a repeated act, 91 for a repeated test, 59 or an X modifier for a distinct one.
    """
    one, two = first.part, second.part
    if (
        first.code == second.code
        and first.service == second.service
        and one.rendering == two.rendering
        and _SAYS_WHY.isdisjoint(two.modifiers)
        and _SAYS_WHY.isdisjoint(one.modifiers)
        and _SIDES.intersection(one.modifiers) == _SIDES.intersection(two.modifiers)
    ):
        yield at("code", code=second.code.value)


FAILS = (claim_with(acts=(line(code="93000"), line(number="2", code="93000"))),)
PASSES = (
    claim_with(acts=(line(code="93000"), line(number="2", code="93000", modifiers=("76",)))),
    claim_with(acts=(line(code="20610", modifiers=("LT",)), line(number="2", code="20610", modifiers=("RT",)))),
)
