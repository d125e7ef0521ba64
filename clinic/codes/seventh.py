"""The seventh character of ICD-10-CM codes: the tabular list gives the rule, the codes have to be made.

Guideline I.A.5: a code with a seventh character and fewer than six others is filled up with X. Where the rule stands
at a category it holds for every code below; a rule nearer to the code replaces it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

_EXCEPT = re.compile(
    r"7th characters? (?P<seventh>.+?) do(?:es)? not apply to codes in category (?P<category>[A-Z][0-9A-Z]{2}) "
    r"with 6th character (?P<sixth>.+)",
    re.DOTALL,
)
_SEVENTH = re.compile(r"\b[0-9A-Z]\b")
_SIXTH = re.compile(r"(?:^|,\s*|\bor\s+)([0-9A-Z])\s+-\s")

Exceptions = frozenset[tuple[str, str]]
"""Pairs of sixth and seventh character that do not go together."""


def exceptions(category: str, lines: Iterable[str]) -> Exceptions:
    """Pairs that the notes of a category rule out.

    One note of the list does: S06 has no D and no S behind a sixth character 7 or 8, since who died of the injury
    comes neither again nor has a sequela.
    """
    pairs: set[tuple[str, str]] = set()
    for line in lines:
        rule = _EXCEPT.search(line)
        if rule and rule["category"] == category:
            pairs |= {
                (six, seven) for six in _SIXTH.findall(rule["sixth"]) for seven in _SEVENTH.findall(rule["seventh"])
            }
    return frozenset(pairs)


def extended(value: str, characters: Mapping[str, str], without: Exceptions = frozenset()) -> list[tuple[str, str]]:
    """The codes made from ``value`` (no dot) with each seventh character, and what that character adds to its name."""
    filled = value.ljust(6, "X")
    return [(filled + seven, text) for seven, text in characters.items() if (filled[5], seven) not in without]
