"""Modifiers that do not stand side by side on a line."""

from __future__ import annotations

from functools import lru_cache

OPPOSITES: tuple[tuple[str, str], ...] = (
    ("26", "TC"),
    ("JW", "JZ"),
    ("93", "95"),
    ("93", "GT"),
)
"""Reading and equipment; drug thrown away or not; sound alone, sound and picture."""

SAME_KIND: tuple[frozenset[str], ...] = (
    frozenset({"LT", "RT"}),
    frozenset({"E1", "E2", "E3", "E4"}),
    frozenset({f"F{finger}" for finger in "A123456789"}),
    frozenset({f"T{toe}" for toe in "A123456789"}),
)
"""Sides, lids, fingers, toes: a line is for one of each."""


@lru_cache(maxsize=4096)
def clashing(modifiers: tuple[str, ...]) -> bool:
    """Whether one stands twice among them, or two that do not go together."""
    return (
        len(set(modifiers)) != len(modifiers)
        or any(one in modifiers and two in modifiers for one, two in OPPOSITES)
        or any(len(kind.intersection(modifiers)) > 1 for kind in SAME_KIND)
    )
