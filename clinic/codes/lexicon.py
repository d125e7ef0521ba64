"""The words of an opened release: which surfaces a typed word may be, and which lines hold them."""

from __future__ import annotations

from bisect import bisect_left
from collections import OrderedDict
from functools import cached_property

from clinic.codes.index import FREQUENT, STARTS
from clinic.codes.layout import Sections
from clinic.codes.spelling import british, french, root
from clinic.codes.tokens import stem
from clinic.codes.typos import near, near_beginnings
from clinic.codes.vocabulary import WEIGHT

_KEPT = 64
_EXACT, _PLURAL, _FAMILY, _MEANT, _SPELT, _FOREIGN, _SLIP = 1.0, 0.98, 0.9, 0.93, 0.97, 0.82, 0.86
_UNKNOWN_WEIGHT = 3.0
_BEGUN_WEIGHT = 4.5
_FEW, _LISTED = 40, 300


class Unit:
    """One word of a query: the surfaces it may be, each with how well it fits, and the lines that hold one."""

    __slots__ = ("begins", "concepts", "first", "fits", "last", "lines", "typed", "weight", "wide")

    def __init__(self, typed: str) -> None:
        self.typed = typed
        self.fits: dict[int, float] = {}
        """Surfaces it may be, and how well each fits."""
        self.concepts: set[int] = set()
        self.weight = _UNKNOWN_WEIGHT
        self.first = self.last = 0
        """Surfaces that begin so, from ``first`` to before ``last``."""
        self.lines = self.begins = 0
        self.wide = False
        """Whether there are too many of those to be listed in ``fits``."""

    def known(self) -> bool:
        """Whether any line holds it."""
        return bool(self.lines or self.begins)


class Lexicon:
    """Words, concepts and phrases of a release."""

    def __init__(self, file: Sections, size: int) -> None:
        self.names: list[str] = file.bytes("words").decode().split("\n")
        self.weight = file.column("word_weight", "B")
        self.concept = file.column("word_concept")
        self._titled = file.column("word_titled", "B")
        self._concept_at = file.column("concept_at")
        self._concept_words = file.column("concept_words")
        self._roots: list[str] = file.bytes("roots").decode().split("\n")
        self._root_concept = file.column("root_concept")
        self._hashes = file.column("typo_hash")
        self._hash_word = file.column("typo_word")
        self._words = _Sets(file, "words", size)
        self._starts_names: list[str] = file.bytes("starts_with").decode().split("\n")
        self._starts = _Sets(file, "starts_with", size)
        self._contexts = _Sets(file, "contexts", size)
        self._phrases_of = file
        self._kept: OrderedDict[tuple[str, str, bool], Unit] = OrderedDict()
        self._kept_contexts: OrderedDict[int, int] = OrderedDict()

    @cached_property
    def phrases(self) -> dict[str, tuple[bool, tuple[str, ...]]]:
        """What phrases mean, by their words without plurals: whether it is French, and the words meant."""
        lines = self._phrases_of.bytes("phrases").decode().split("\n")
        parts = (line.split("\t") for line in lines if line)
        return {key: (french_ == "f", tuple(means.split(" "))) for key, french_, means in parts}

    def place(self, word: str) -> int | None:
        """Where a word stands among the surfaces."""
        at = bisect_left(self.names, word)
        return at if at < len(self.names) and self.names[at] == word else None

    def titled(self, word: str) -> bool:
        """Whether a title holds the word as it is written."""
        at = self.place(word)
        return at is not None and bool(self._titled[at])

    def unit(self, word: str, *, last: bool, meant: str = "") -> Unit:
        """All that a typed word may be; the last few asked are kept. ``meant`` is a word that a table puts for it."""
        key = (word, meant, last)
        unit = self._kept.get(key)
        if unit is None:
            unit = self._kept[key] = self._read(word, meant, last)
            if len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
        return unit

    def _read(self, word: str, meant: str, last: bool) -> Unit:
        unit = Unit(word)
        at = self.place(word)
        if at is not None:
            self._concept(unit, self.concept[at], word, _FAMILY)
            unit.weight = self.weight[at] / WEIGHT
        if meant:
            place = self.place(meant)
            if place is not None:
                self._concept(unit, self.concept[place], meant, _MEANT)
                unit.weight = (
                    self.weight[place] / WEIGHT if at is None else max(unit.weight, self.weight[place] / WEIGHT)
                )
        if not self._has_lines(unit) or (meant and not self.titled(word)):
            self._other_spellings(unit, word)
        if last or not self._has_lines(unit):
            self._beginning(unit, word)
        if not unit.fits and (unit.first == unit.last or not unit.begins):
            self._slips(unit, word, last)
        unit.fits = {place: fit for place, fit in unit.fits.items() if self._words.count(place)}
        unit.lines = self._words.union(sorted(unit.fits))
        if unit.fits and at is None and not meant:
            unit.weight = max(self.weight[place] for place in unit.fits) / WEIGHT
        unit.concepts = {self.concept[place] for place in unit.fits}
        if not unit.fits and unit.begins:
            unit.weight = min(_BEGUN_WEIGHT, max(self.weight[unit.first : unit.last]) / WEIGHT)
            if unit.last - unit.first <= _FEW:
                unit.concepts = {self.concept[place] for place in range(unit.first, unit.last)}
        self._list_begun(unit, word)
        return unit

    def _list_begun(self, unit: Unit, word: str) -> None:
        """Put the words that begin so among those that fit: the less is missing, the better."""
        unit.wide = unit.last - unit.first > _LISTED
        if not unit.wide:
            for place in range(unit.first, unit.last):
                unit.fits.setdefault(place, 0.6 + 0.35 * len(word) / len(self.names[place]))

    def _has_lines(self, unit: Unit) -> bool:
        return any(self._words.count(place) for place in unit.fits)

    def _concept(self, unit: Unit, concept: int, word: str, family: float) -> None:
        """All surfaces of a concept; the word itself and its plural fit best."""
        bare = stem(word)
        for place in self._concept_words[self._concept_at[concept] : self._concept_at[concept + 1]]:
            name = self.names[place]
            value = _EXACT if name == word else _PLURAL if stem(name) == bare else _FAMILY
            value *= 1.0 if family == _FAMILY else family
            if value > unit.fits.get(place, 0.0):
                unit.fits[place] = value

    def _by_root(self, unit: Unit, word: str, value: float) -> bool:
        bare = root(word)
        at = bisect_left(self._roots, bare)
        if at < len(self._roots) and self._roots[at] == bare:
            self._concept(unit, self._root_concept[at], word, value)
            return True
        return False

    def _other_spellings(self, unit: Unit, word: str) -> None:
        """Derived from a known word, British, or French."""
        if self._by_root(unit, word, _FAMILY) and self._has_lines(unit):
            return
        for rule, value in ((british, _SPELT), (french, _FOREIGN)):
            for other in rule(word):
                place = self.place(other)
                if place is not None and self._words.count(place):
                    self._concept(unit, self.concept[place], other, value)
                    break
            else:
                if not any(self._by_root(unit, other, value) for other in rule(word) if len(other) > 5):
                    continue
            if self._has_lines(unit):
                return

    def _beginning(self, unit: Unit, word: str) -> None:
        unit.first = bisect_left(self.names, word)
        unit.last = bisect_left(self.names, f"{word}\x7f", unit.first)
        if len(word) <= STARTS:
            at = bisect_left(self._starts_names, word)
            there = at < len(self._starts_names) and self._starts_names[at] == word
            unit.begins = self._starts.union([at]) if there else 0
        else:
            unit.begins = self._words.union(range(unit.first, unit.last))

    def _slips(self, unit: Unit, word: str, last: bool) -> None:
        """One letter wrong; for the word being typed also in what is typed of it so far."""
        found = near(word, self._hashes, self._hash_word, self.names)
        if not found and last:
            found = [(place, 1) for place in near_beginnings(word, self.names)]
        if len(found) > 1:  # the commonest words are meant
            found = sorted(found, key=lambda each: -self._words.count(each[0]))[:4]
        for place, count in found:
            self._concept(unit, self.concept[place], self.names[place], _SLIP - 0.1 * (count - 1))

    def context(self, unit: Unit) -> int:
        """The lines of codes below something that holds the word."""
        joined = 0
        for concept in unit.concepts:
            kept = self._kept_contexts.get(concept)
            if kept is None:
                kept = self._kept_contexts[concept] = self._contexts.union([concept])
                if len(self._kept_contexts) > _KEPT:
                    self._kept_contexts.popitem(last=False)
            joined |= kept
        return joined


class _Sets:
    """For each place the set of lines that stand there."""

    def __init__(self, file: Sections, name: str, size: int) -> None:
        self._count = file.column(f"{name}_count")
        self._at = file.column(f"{name}_at")
        self._base, _ = file.place(f"{name}_sets")
        self._map = file.map
        self._view = memoryview(file.map)
        self._size = size

    def count(self, at: int) -> int:
        """How many lines."""
        return self._count[at]

    def union(self, places: range | list[int]) -> int:
        """The set of several: lists of numbers are drawn into one set, bit sets are joined whole."""
        joined, rare = 0, None
        for at in places:
            start, count = self._base + self._at[at], self._count[at]
            if count >= FREQUENT:
                joined |= int.from_bytes(self._map[start : start + self._size], "little")
                continue
            if rare is None:
                rare = bytearray(self._size)
            for number in self._view[start : start + 4 * count].cast("I"):
                rare[number >> 3] |= 1 << (number & 7)
        return joined | int.from_bytes(rare, "little") if rare is not None else joined
