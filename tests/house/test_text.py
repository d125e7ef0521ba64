"""The repository speaks of the product alone: nothing unfinished, nothing about who typed what."""

from __future__ import annotations

import re

from tests.house.tree import files, text

# A letter in brackets, so that this file does not name itself.
# Three X alone are a mark of the kind; with a bar, a comma or a quote they are the indicator of global days.
UNFINISHED = re.compile(r"\b(?:TOD[O]|FIXM[E]|HAC[K])\b|# ?XX[X]\b|\bXX[X]:")
CREDITS = re.compile(r"co-authored-b[y]|signed-off-b[y]|generated wit[h]|written wit[h] the hel[p]", re.IGNORECASE)
NOT_PROSE = frozenset({".txt", ".json", ".xml", ".csv", ".x12", ".edi", ".po", ".pot", ".svg"})
"""Data, where the same letters may be a code."""


def test_nothing_is_marked_as_unfinished_or_credited() -> None:
    found = [
        f"{path}: {match[0]}"
        for path in files()
        if path.suffix not in NOT_PROSE and "vendor" not in path.parts
        for pattern in (UNFINISHED, CREDITS)
        for match in pattern.finditer(text(path) or "")
    ]
    assert found == []
