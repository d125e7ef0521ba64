"""The terms that notes are read for, read where they lie: in a file that all processes map, or in memory.

``compiling.compiled`` makes the sections. What is read of them becomes objects as it is asked for; a few thousand of
those are kept. Threads may share one.
"""

from __future__ import annotations

import zlib
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from billing.coding.suggest.title import Side

MOST_WORDS = 9
"""Words of the longest term looked for."""

BILLABLE, DEFAULT, OTHER, ELSEWHERE, SIDE_AT = 1, 2, 4, 8, 4
"""Flags of a code; above them its side, counted in ``SIDES``."""
SIDES: tuple[Side, ...] = ("", "right", "left", "both", "open")
WHOLE, SHORT, OFFICIAL = 1, 2, 4
"""Flags of a term."""

_KEPT = 4096
_TABLES = 4
_LANGUAGES = {"en": 1, "fr": 2}


class Node:
    """A code while notes are read. Two of one code are equal."""

    __slots__ = ("_at", "_lexicon", "billable", "core", "default", "elsewhere", "need", "other", "side", "value")

    def __init__(self, lexicon: Lexicon, at: int) -> None:
        flags = lexicon.flags[at]
        self._lexicon = lexicon
        self._at = at
        self.value = lexicon.text("values", at)
        self.billable = bool(flags & BILLABLE)
        self.default = bool(flags & DEFAULT)
        """Whether it is the one where nothing more is said."""
        self.other = bool(flags & OTHER)
        self.elsewhere = bool(flags & ELSEWHERE)
        """Whether it is a manifestation, reached through the disease it belongs to."""
        self.side: Side = SIDES[flags >> SIDE_AT]
        self.need: tuple[str, ...] = lexicon.run(lexicon.needs[at])
        """Words that a note must hold for this code."""
        self.core: frozenset[str] = frozenset(lexicon.run(lexicon.cores[at]))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Node) and self.value == other.value

    def __hash__(self) -> int:
        return hash(self.value)

    @property
    def display(self) -> str:
        """Its title."""
        return self._lexicon.text("displays", self._at)

    @property
    def sevenths(self) -> str:
        """The seventh characters it takes."""
        return self._lexicon.text("sevenths", self._lexicon.seventh[self._at])

    @property
    def parent(self) -> Node | None:
        """The code above."""
        above = self._lexicon.parents[self._at]
        return self._lexicon.at(above - 1) if above else None

    @property
    def children(self) -> list[Node]:
        """The codes right below."""
        lexicon = self._lexicon
        return [lexicon.at(at) for at in lexicon.listed(lexicon.children[self._at])]


class Term(NamedTuple):
    """What a run of words names: codes, best first."""

    nodes: tuple[Node, ...]
    words: frozenset[str]
    """Further words that the term stands for."""
    whole: bool
    """Whether it is a title with its "without": then no code outside of these is looked for."""
    short: bool
    """An abbreviation: counts only where it is typed as one."""
    official: bool


def key_of(numbers: Iterable[int]) -> bytes:
    """The key of some words, by their numbers in order."""
    return b"".join(number.to_bytes(2, "big") for number in numbers)


class Lexicon:
    """Terms by their words, in any order."""

    def __init__(self, system: str, sections: Mapping[str, memoryview[int] | bytes]) -> None:
        self.system = system
        self._sections = {name: memoryview(data) for name, data in sections.items()}
        self.flags, self.seventh = self._sections["flags"], self._sections["seventh"]
        self.parents, self.children = self._numbers("parents"), self._numbers("children")
        self.needs, self.cores = self._numbers("needs"), self._numbers("cores")
        self._term_flags, self._term_nodes = self._sections["term_flags"], self._numbers("term_nodes")
        self._term_words, self._terms = self._numbers("term_words"), self._numbers("terms")
        self._lists, self._lists_at = self._numbers("lists"), self._numbers("lists_at")
        self._sets, self._sets_at = self._sections["sets"].cast("H"), self._numbers("sets_at")
        self._keys, self._keys_at = self._sections["keys"], self._numbers("keys_at")
        self._slots, self._by_value = self._numbers("slots"), self._numbers("by_value")
        self._mask = len(self._slots) - 1
        places = ("values", "displays", "words", "sevenths")
        self._texts = {name: (self._sections[name], self._numbers(f"{name}_at")) for name in places}
        count = len(self._texts["words"][1]) - 1
        self._words = [self.text("words", at) for at in range(count)]
        self._number = {word: at for at, word in enumerate(self._words)}
        self._nodes: dict[int, Node] = {}
        self._runs: dict[int, tuple[str, ...]] = {}
        self._meant: dict[tuple[str, str], frozenset[str]] = {}

    def node(self, code: str) -> Node | None:
        """A code, with its dot or without; one with a seventh character is found at what stands before it."""
        value = code.replace(".", "")
        found = self._found(value)
        if found is None and len(value) == 7:
            found = self._found(value[:6].rstrip("X"))
        return found

    def term(self, words: Iterable[str], language: str) -> Term | None:
        """What these words name together, in any order: a title first, then the tables of words, then other names."""
        row = self._row(words)
        if row is None:
            return None
        title, said, name = row[0], row[_LANGUAGES[language]], row[_TABLES - 1]
        found = title or said
        if not found or not self._term_nodes[found]:
            found = name
        return self._term(found) if found else None

    def knows(self, word: str) -> bool:
        """Whether a word, in its common form, is one of any term."""
        return word in self._number

    def meant(self, word: str, language: str) -> frozenset[str]:
        """Words of the classification that one word of a note stands for: "mod" is moderate."""
        known = self._meant.get((word, language))
        if known is None:
            row = self._row((word,))
            found = row[_LANGUAGES[language]] if row else 0
            known = (
                frozenset(self.run(self._term_words[found])) if found and not self._term_nodes[found] else frozenset()
            )
            if word in self._number:  # others are of the note alone, and mean nothing
                self._meant[word, language] = known
        return known

    def at(self, at: int) -> Node:
        """The code at a place."""
        found = self._nodes.get(at)
        if found is None:
            if len(self._nodes) >= _KEPT:
                self._nodes = {}
            found = self._nodes[at] = Node(self, at)
        return found

    def text(self, name: str, at: int) -> str:
        """One of a run of texts."""
        data, places = self._texts[name]
        return bytes(data[places[at] : places[at + 1]]).decode()

    def run(self, number: int) -> tuple[str, ...]:
        """Words that were kept together."""
        found = self._runs.get(number)
        if found is None:
            if len(self._runs) >= _KEPT:
                self._runs = {}
            places, words = self._sets_at, self._words
            found = tuple(words[each] for each in self._sets[places[number] : places[number + 1]])
            self._runs[number] = found
        return found

    def listed(self, number: int) -> Sequence[int]:
        """Places of codes that were kept together."""
        return self._lists[self._lists_at[number] : self._lists_at[number + 1]]

    def _numbers(self, name: str) -> memoryview[int]:
        return self._sections[name].cast("I")

    def _found(self, value: str) -> Node | None:
        places = self._by_value
        at = bisect_left(range(len(places)), value, key=lambda place: self.text("values", places[place]))
        if at == len(places) or self.text("values", places[at]) != value:
            return None
        return self.at(places[at])

    def _row(self, words: Iterable[str]) -> Sequence[int] | None:
        """What the tables have for these words: the number of a term in each, 0 where there is none."""
        known = self._number
        numbers = []
        for word in words:
            number = known.get(word)
            if number is None:
                return None
            numbers.append(number)
        numbers.sort()
        key = key_of(numbers)
        slot = zlib.crc32(key) & self._mask
        while number := self._slots[slot]:
            if self._keys[self._keys_at[number - 1] : self._keys_at[number]] == key:
                return self._terms[(number - 1) * _TABLES : number * _TABLES]
            slot = (slot + 1) & self._mask
        return None

    def _term(self, number: int) -> Term:
        flags = self._term_flags[number]
        nodes = tuple(self.at(at) for at in self.listed(self._term_nodes[number]))
        words = frozenset(self.run(self._term_words[number]))
        return Term(nodes, words, bool(flags & WHOLE), bool(flags & SHORT), bool(flags & OFFICIAL))
