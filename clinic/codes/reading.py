"""What a query may mean: its words as they stand, and with phrases replaced by what tables say they mean."""

from __future__ import annotations

import re

from clinic.codes.lexicon import Lexicon, Unit
from clinic.codes.tokens import SMALL, spoken, stem

LONGEST = 300
"""Characters of a query that are read: as many as the longest title."""

MOST_WORDS = 40
_LONGEST_PHRASE = 6
_FRENCH_SMALL = frozenset(
    {"au", "aux", "avec", "chez", "dans", "de", "des", "du", "et", "la", "le", "les", "sans", "sur", "une"}
)
_SURE = 3
"""Concepts of a word that is understood: the beginning of a word may be dozens."""

_ACCENT = re.compile(r"[à-ÿœæ]", re.IGNORECASE)


def readings(text: str, lexicon: Lexicon) -> list[list[Unit]]:
    """One or two lists of units: as typed, and with its phrases replaced."""
    typed = spoken(text[:LONGEST])[:MOST_WORDS]
    asked = [word for word in typed[:-1] if word not in SMALL] + typed[-1:]
    if len(asked) > 1 and asked[-1] in SMALL:
        asked.pop()
    if not asked:
        return []
    french = bool(_ACCENT.search(text)) or any(
        word in _FRENCH_SMALL
        or ((told := lexicon.phrases.get(stem(word))) is not None and told[0] and not lexicon.titled(word))
        for word in typed
    )
    literal, replaced = _replaced(asked, lexicon, french=french)
    as_typed = _units(literal, lexicon)
    if replaced == literal:
        return [as_typed] if any(unit.known() for unit in as_typed) else []
    meant = _units(replaced, lexicon)
    # Where a word as typed is in no title and what is meant is, nothing is lost by looking for what is meant alone.
    if not all(unit.known() for unit in as_typed) and all(unit.known() for unit in meant):
        return [meant]
    return [units for units in (as_typed, meant) if any(unit.known() for unit in units)]


_Word = tuple[str, str, bool]
"""A word, what a table puts for it, and whether it may still be being typed."""


def _replaced(asked: list[str], lexicon: Lexicon, *, french: bool) -> tuple[list[_Word], list[_Word]]:
    """The words as they stand, and with the longest phrases that mean something replaced."""
    bare = [stem(word) for word in asked]
    literal: list[_Word] = []
    replaced: list[_Word] = []
    at, end = 0, len(asked)
    while at < end:
        width, means = _longest(bare, asked, at, lexicon, french=french)
        last = at + width == end
        for number in range(at, at + width):
            meant = means[0] if width == 1 and len(means) == 1 else ""
            literal.append((asked[number], meant, number == end - 1))
        if not means or (width == 1 and len(means) == 1):
            replaced += literal[-width:]
        else:
            replaced += [(word, "", False) for word in means if word not in SMALL]
            del last
        at += width
    return literal, replaced


def _longest(
    bare: list[str], asked: list[str], at: int, lexicon: Lexicon, *, french: bool
) -> tuple[int, tuple[str, ...]]:
    """How many words from ``at`` mean something together, and what; 1 and nothing where they do not."""
    for width in range(min(_LONGEST_PHRASE, len(bare) - at), 0, -1):
        told = lexicon.phrases.get(" ".join(bare[at : at + width]))
        if told is not None and (not told[0] or french or not all(map(lexicon.titled, asked[at : at + width]))):
            return width, told[1]
        if width == 2:
            joined = asked[at] + asked[at + 1]
            if lexicon.titled(joined):
                return 2, (joined,)
    word = asked[at]
    if len(word) > 6 and word.isalpha() and not lexicon.titled(word):
        for cut in range(3, len(word) - 3):
            if lexicon.titled(word[:cut]) and lexicon.titled(word[cut:]):
                return 1, (word[:cut], word[cut:])
    return 1, ()


def _units(words: list[_Word], lexicon: Lexicon) -> list[Unit]:
    """A unit a word; of two that are one concept ("acute", "aiguë") the first counts."""
    found: dict[str, Unit] = {}
    told: set[int] = set()
    for word, meant, last in words:
        unit = lexicon.unit(word, last=last, meant=meant)
        if word in found or (len(unit.concepts) <= _SURE and not told.isdisjoint(unit.concepts)):
            continue
        found[word] = unit
        if len(unit.concepts) <= _SURE:
            told |= unit.concepts
    return list(found.values())
