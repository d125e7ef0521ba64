"""Words one letter off: a table of all words with one letter left out, looked up by what was typed with one left out.

Two words are one insertion, deletion, substitution or transposition apart only where such a form of one is the other
or such a form of the other (Garbe's symmetric delete). The table is two columns: hashes in order, and the word of each.
"""

from __future__ import annotations

import zlib
from array import array
from bisect import bisect_left
from collections.abc import Iterator, Sequence

SHORTEST = 4
"""Letters from which on a word is corrected: below, nearly everything is one letter from something."""

_TYPED, _MOST = 5, 60

LONG = 8
"""Letters from which on two slips are forgiven where one left out on each side makes the words the same."""


def shortened(word: str) -> Iterator[str]:
    """The word, and the word without each of its letters, each once."""
    yield word
    for at in range(len(word)):
        if not at or word[at] != word[at - 1]:
            yield word[:at] + word[at + 1 :]


def typo_sections(words: Sequence[str]) -> dict[str, bytes]:
    """The table, from words in the order of the release's vocabulary; figures have no typos."""
    pairs = sorted(
        (_hash(short), number)
        for number, word in enumerate(words)
        if len(word) >= SHORTEST and word.isalpha()
        for short in shortened(word)
    )
    return {
        "typo_hash": array("I", (pair[0] for pair in pairs)).tobytes(),
        "typo_word": array("I", (pair[1] for pair in pairs)).tobytes(),
    }


def _hash(text: str) -> int:
    return zlib.crc32(text.encode())


def near(typed: str, hashes: Sequence[int], of: Sequence[int], words: Sequence[str]) -> list[tuple[int, int]]:
    """Places of the words near to what was typed, each with its slips (1 or 2); empty where none is."""
    if len(typed) < SHORTEST or not typed.isalpha():
        return []
    found: dict[int, int] = {}
    for short in shortened(typed):
        key = _hash(short)
        at = bisect_left(hashes, key)
        while at < len(hashes) and hashes[at] == key:
            found.setdefault(of[at], 0)
            at += 1
    good = [(place, slips(typed, words[place])) for place in found]
    most = 2 if len(typed) >= LONG else 1
    least = min((count for _, count in good), default=9)
    return [(place, count) for place, count in good if count == least] if least <= most else []


def near_beginnings(typed: str, words: Sequence[str]) -> list[int]:
    """Places of words that begin one letter off what was typed so far: one too many, two swapped, one wrong or missing.

    The first letter is taken as right, and a wrong or missing letter is looked for behind the first three.
    """
    if len(typed) < _TYPED or not typed.isalpha():
        return []
    found: list[int] = []
    for at in range(1, len(typed)):
        swapped = typed[: at - 1] + typed[at] + typed[at - 1] + typed[at + 1 :]
        for start in (typed[:at] + typed[at + 1 :], swapped):
            found += _beginning(start, words)
    for at in range(3, len(typed)) if not found else ():
        those = _beginning(typed[:at], words)
        if not those:
            break
        wrong, missing = typed[at + 1 :], typed[at:]
        found += [place for place in those if words[place].startswith((wrong, missing), at + 1)]
    return list(dict.fromkeys(found))[:_MOST]


def _beginning(start: str, words: Sequence[str]) -> range:
    first = bisect_left(words, start)
    return range(first, bisect_left(words, f"{start}\x7f", first))


def slips(one: str, other: str) -> int:
    """How many letters are wrong, 0 to 3 (3 or more): a swap of neighbours counts as one."""
    start, shorter = 0, min(len(one), len(other))
    if abs(len(one) - len(other)) > 2:
        return 3
    while start < shorter and one[start] == other[start]:
        start += 1
    end = 0
    while end < shorter - start and one[-1 - end] == other[-1 - end]:
        end += 1
    left, right = one[start : len(one) - end], other[start : len(other) - end]
    if len(left) <= 1 and len(right) <= 1:
        return 1 if left or right else 0
    if len(left) == len(right) == 2 and left == right[::-1]:
        return 1
    return _distance(left, right)


def _distance(left: str, right: str) -> int:
    """Optimal string alignment, for the few letters that differ."""
    before2: list[int] = []
    before = list(range(len(right) + 1))
    for row, a in enumerate(left, 1):
        now = [row]
        for column, b in enumerate(right, 1):
            cost = min(before[column] + 1, now[-1] + 1, before[column - 1] + (a != b))
            if row > 1 and column > 1 and a == right[column - 2] and left[row - 2] == b:
                cost = min(cost, before2[column - 2] + 1)
            now.append(cost)
        before2, before = before, now
    return min(3, before[-1])
