"""Two lines whose codes are not paid together, and the modifiers that say they were apart."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from billing.domain.professional import ProfessionalActLine
from billing.edits.facts import AnyAct, AnyClaim
from billing.edits.ruled import PairRule

EVALUATION_MODIFIERS = frozenset({"24", "25", "57"})
"""They set a visit apart from an act, and stand on the visit alone."""

DISTINCT = frozenset({"59", "XE", "XP", "XS", "XU"})
"""A distinct act, and the four finer forms of it."""

ANATOMIC = frozenset(
    {"LT", "RT", "LC", "LD", "LM", "RC", "RI", "E1", "E2", "E3", "E4"}
    | {f"F{finger}" for finger in "A123456789"}
    | {f"T{toe}" for toe in "A123456789"}
)
"""A side, a vessel, a lid, a finger, a toe."""

OTHERS = frozenset({"27", "58", "78", "79", "91"})
"""Several visits of one day in a hospital; staged, return, unrelated act in a global period; test repeated."""

LIFTING = EVALUATION_MODIFIERS | DISTINCT | ANATOMIC | OTHERS
"""The NCCI-associated modifiers (NCCI policy manual, chapter I, section E)."""


class Bundle(NamedTuple):
    """Two lines of a claim whose codes are a pair that holds on their day."""

    first: int
    """The line with the column-1 code, which is paid."""
    second: int
    """The line with the column-2 code."""
    rule: PairRule
    lifted_by: tuple[str, ...]
    """NCCI modifiers on either of the two lines."""


def is_evaluation(code: str) -> bool:
    """Whether a code is for a visit: evaluation and management, or the eye visits 92002 to 92014."""
    return len(code) == 5 and code.isdigit() and ("99202" <= code <= "99499" or code in EYE_VISITS)


EYE_VISITS = frozenset({"92002", "92004", "92012", "92014"})


def lifting(*acts: ProfessionalActLine) -> tuple[str, ...]:
    """The NCCI modifiers on some lines. One that sets a visit apart counts on a visit only."""
    return tuple(
        [
            modifier
            for act in acts
            for modifier in act.part.modifiers
            if modifier in LIFTING and (modifier not in EVALUATION_MODIFIERS or is_evaluation(act.code.value))
        ]
    )


def same_provider(claim: AnyClaim, one: AnyAct, other_claim: AnyClaim, other: AnyAct) -> bool:
    """Whether the same person did both: by the NPI of who rendered them, where both have one."""
    first, second = rendering_number(claim, one), rendering_number(other_claim, other)
    return first == second


def rendering_number(claim: AnyClaim, act: AnyAct) -> str | None:
    """The number of who did a line: its own, the claim's, or that of who is to be paid."""
    party: Any = act.part.rendering or claim.part.rendering or claim.billing
    return None if party.identifier is None else str(party.identifier.value)


def bundles(claim: AnyClaim, codes: Sequence[str], pairs: Iterable[tuple[int, int, PairRule]]) -> tuple[Bundle, ...]:
    """The pairs of lines of one day and one provider among pairs of codes; a code may stand on several lines."""
    lines: dict[str, list[int]] = {}
    for at, code in enumerate(codes):
        lines.setdefault(code, []).append(at)
    acts = claim.acts
    found: dict[tuple[int, int], Bundle] = {}
    for one, two, rule in pairs:
        day = acts[one].service.start  # each day's pairs come from the tables of that day
        for first in lines[codes[one]]:
            paid = acts[first]
            for second in lines[codes[two]]:
                other = acts[second]
                if (
                    paid.service.start == day == other.service.start
                    and rule.holds(day)
                    and same_provider(claim, paid, claim, other)
                ):
                    found.setdefault((first, second), Bundle(first, second, rule, lifting(paid, other)))
    return tuple(found.values())
