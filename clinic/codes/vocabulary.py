"""The words of a release: which are one concept, how much each says, and what phrases stand for.

A *surface* is a word as it is written. Surfaces of one *concept* ("kidney", "kidneys", "renal") find one another. The
weight of a concept grows with the rarity of it among categories, not codes: a fracture is told in thousands of codes
for its sides and encounters, and still says much.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterable, Mapping
from math import log2

from clinic.codes.forms import Meaning
from clinic.codes.spelling import root
from clinic.codes.tokens import OPEN, SMALL, stem

WEIGHT = 16
"""Parts of one unit of weight in the file."""

HEAVIEST = 9.0
_FAINT = {
    word: weight
    for weight, words in (
        (0.05, "unspecified specified nos nec elsewhere classified otherwise stated"),
        (0.2, "with encounter initial site sites code codes patient person"),
        (0.3, "caused causing resulting need needs"),
        (0.8, "condition conditions syndrome finding findings problem problems symptom symptoms diagnosis type level"),
        (0.8, "degree body region area part parts structure cause causes system"),
        (1.0, "other not without no associated following related involving during classifiable form forms state"),
        (1.0, "current present presence"),
        (1.5, "disease diseases disorder disorders"),
        (2.0, "right left bilateral unilateral side gland organ acute chronic simple mild moderate severe"),
    )
    for word in words.split()
}
"""Words whose weight is set: they say little of the condition, however rare they are."""


def place_kind(surfaces: int) -> str:
    """How the place of a surface is written in the file: as two bytes where that is enough."""
    return "H" if surfaces <= 0xFFFF else "I"


class Vocabulary:
    """Surfaces in order and the concept of each."""

    def __init__(self, words: Iterable[str], alike: Iterable[tuple[str, ...]]) -> None:
        groups = list(alike)
        self.names = sorted(set(words) | {word for group in groups for word in group})
        self.place = {word: number for number, word in enumerate(self.names)}
        above: dict[str, str] = {}

        def top(key: str) -> str:
            while (higher := above.get(key, key)) != key:
                key = higher
            return key

        # A word of the table stands under its own name: its root may be that of words the group does not mean.
        own = {word for group in groups for word in group}
        for group in groups:
            first = top(f"={group[0]}")
            for word in group[1:]:
                other = top(f"={word}")
                if other != first:
                    above[other] = first
        self.keys = [top(f"={word}") if word in own else top(self._family(word, own)) for word in self.names]
        numbers = {key: number for number, key in enumerate(sorted(set(self.keys)))}
        self.concept = array("I", (numbers[key] for key in self.keys))
        self.concepts = len(numbers)

    @staticmethod
    def _family(word: str, own: set[str]) -> str:
        """The key of a word that no table names: the group of its root where its root is a word of a table."""
        bare = root(word)
        return f"={bare}" if bare in own else bare

    def members(self) -> list[list[int]]:
        """The surfaces of each concept."""
        found: list[list[int]] = [[] for _ in range(self.concepts)]
        for surface, concept in enumerate(self.concept):
            found[concept].append(surface)
        return found

    def weights(self, categories_of: Mapping[str, set[str]], categories: int) -> list[float]:
        """What each surface says, from how many categories hold one of its concept."""
        holding: dict[int, set[str]] = defaultdict(set)
        for word, those in categories_of.items():
            holding[self.concept[self.place[word]]] |= those
        weights = []
        for number, word in enumerate(self.names):
            count = len(holding.get(self.concept[number], ()))
            weight = min(HEAVIEST, log2(1 + categories / max(1, count)))
            weights.append(0.0 if word in SMALL else min(weight, _FAINT.get(word, HEAVIEST)))
        return weights


def vocabulary_sections(
    vocabulary: Vocabulary, weights: list[float], meanings: Mapping[tuple[str, ...], Meaning], titled: frozenset[str]
) -> dict[str, bytes]:
    """The sections of the words, without their lines; ``titled`` are those of the titles themselves."""
    members = vocabulary.members()
    roots: dict[str, int] = {}
    for number, word in enumerate(vocabulary.names):
        if word.isalpha() and word not in OPEN:
            roots.setdefault(root(word), vocabulary.concept[number])
    offsets = array("I", [0])
    for those in members:
        offsets.append(offsets[-1] + len(those))
    # Phrases are looked up without plurals, so that "kidney stones" is "kidney stone".
    phrases = {
        " ".join([stem(word) for word in key]): ("f" if told.french else "", " ".join(told.words))
        for key, told in sorted(meanings.items())
    }
    return {
        "word_concept": vocabulary.concept.tobytes(),
        "word_weight": bytes(min(255, round(weight * WEIGHT)) for weight in weights),
        "word_titled": bytes(word in titled for word in vocabulary.names),
        "concept_at": offsets.tobytes(),
        "concept_words": array("I", (surface for those in members for surface in those)).tobytes(),
        "roots": "\n".join(sorted(roots)).encode(),
        "root_concept": array("I", (roots[key] for key in sorted(roots))).tobytes(),
        "phrases": "\n".join("\t".join((key, *phrases[key])) for key in sorted(phrases)).encode(),
    }
