"""Search as you type in one release: by the beginning of a code, else by words in any order."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import OrderedDict
from collections.abc import Iterator, Sequence

from clinic.codes.index import FREQUENT, STARTS
from clinic.codes.layout import Mapped
from clinic.codes.tokens import SMALL, stem, words

LONGEST = 300
"""Characters of a query that are read: as many as the longest title."""

MOST_WORDS = 40
_KEPT = 256
_SOME = re.compile(rb"[^\x00]")
Found = tuple[int, float]
"""An entry's place and its score."""


class Index:
    """The search sections of an opened release."""

    def __init__(self, file: Mapped) -> None:
        self._file = file
        self._target = file.column("line_entry")
        self._core = file.column("line_words", "B")
        self._bytes = (len(self._target) + 31) // 32 * 4
        self._billable = (1 << int(file.header.meta["billable_lines"])) - 1
        self._words = _Table(file, "words", self._bytes)
        self._asides = _Table(file, "asides", self._bytes)
        self._starts = _Table(file, "starts_with", self._bytes)
        self._kept: OrderedDict[str, int] = OrderedDict()

    def find(self, text: str, limit: int) -> list[Found]:
        """The best entries for the words of ``text``, best first.

        Whole words beat beginnings, billable codes beat headers. A word that no title holds is left out, and where
        no title holds all of the rest, titles with all but one of them are taken, at a lower score.
        """
        typed = words(text[:LONGEST])[:MOST_WORDS]
        asked = [word for word in typed[:-1] if word not in SMALL] + typed[-1:]
        if len(asked) > 1 and asked[-1] in SMALL:
            asked.pop()
        begun = [(word, self._begun(word)) for word in dict.fromkeys(asked)]
        known = [(word, lines) for word, lines in begun if lines]
        if not known:
            return []
        share = len(known) / len(begun)
        found: dict[int, float] = {}
        self._collect(known, share, limit, found)
        if not found and len(known) > 1:
            for left_out in range(len(known) - 1, -1, -1):
                rest = known[:left_out] + known[left_out + 1 :]
                self._collect(rest, share * len(rest) / len(known), limit, found)
            found = dict(sorted(found.items(), key=lambda item: -item[1]))
        return list(found.items())[:limit]

    def _collect(self, asked: Sequence[tuple[str, int]], share: float, limit: int, found: dict[int, float]) -> None:
        """Add entries whose title holds all words asked, in four ranks, until there are ``limit``."""
        begun = whole = (1 << (8 * self._bytes)) - 1
        for word, lines in asked:
            begun &= lines
            whole &= self._whole(word)
        ranks = (whole & self._billable, begun & self._billable, whole & ~self._billable, begun & ~self._billable)
        for number, lines in enumerate(ranks):
            if len(found) >= limit:
                return
            if not lines:
                continue
            for line in _lowest(lines, self._bytes):
                entry = self._target[line]
                if entry not in found:
                    said = min(1.0, len(asked) / max(1, self._core[line]))
                    found[entry] = round(share * (3 - number + said) / 4, 4)
                    if len(found) >= limit:
                        return

    def _whole(self, word: str) -> int:
        """The lines that hold the word, plural or not."""
        return self._words.lines_of(stem(word))

    def _begun(self, word: str) -> int:
        """The lines with a word that begins so, or is its singular; the last few asked are kept."""
        kept = self._kept.get(word)
        if kept is not None:
            return kept
        if len(word) <= STARTS:
            lines = self._starts.lines_of(word)
        else:
            lines = self._words.beginning(word) | self._asides.beginning(word)
        lines |= self._whole(word) | self._asides.lines_of(stem(word))
        self._kept[word] = lines
        if len(self._kept) > _KEPT:
            self._kept.popitem(last=False)
        return lines


class _Table:
    """Words and, for each, the set of lines that hold it."""

    def __init__(self, file: Mapped, name: str, size: int) -> None:
        self.names: list[str] = file.bytes(name).decode().split("\n")
        self._count = file.column(f"{name}_count")
        self._at = file.column(f"{name}_at")
        self._base, _ = file.place(f"{name}_sets")
        self._map = file.map
        self._size = size

    def lines_of(self, word: str) -> int:
        """The set of one word, empty where the table has not got it."""
        at = bisect_left(self.names, word)
        return self.union(at, at + 1) if at < len(self.names) and self.names[at] == word else 0

    def beginning(self, start: str) -> int:
        """The set of all words that begin so."""
        return self.union(bisect_left(self.names, start), bisect_left(self.names, f"{start}\x7f"))

    def union(self, first: int, end: int) -> int:
        """The set of several neighbours: lists of numbers are drawn into one set, bit sets are joined whole."""
        joined, rare = 0, None
        for at in range(first, end):
            start, count = self._base + self._at[at], self._count[at]
            if count >= FREQUENT:
                joined |= int.from_bytes(self._map[start : start + self._size], "little")
                continue
            if rare is None:
                rare = bytearray(self._size)
            for number in memoryview(self._map)[start : start + 4 * count].cast("I"):
                rare[number >> 3] |= 1 << (number & 7)
        return joined | int.from_bytes(rare, "little") if rare is not None else joined


def _lowest(lines: int, size: int) -> Iterator[int]:
    """The numbers in a set, lowest first; empty stretches are skipped at C speed."""
    data = lines.to_bytes(size, "little")
    for match in _SOME.finditer(data):
        at = match.start()
        byte = data[at]
        for bit in range(8):
            if byte >> bit & 1:
                yield at * 8 + bit
