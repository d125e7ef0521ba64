"""Words of a title or of what a person types, in the one form they are compared in."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

SMALL = frozenset({"a", "an", "and", "as", "at", "by", "due", "for", "from", "in", "of", "on", "or", "the", "to"})
"""Words that say nothing of the condition. "With" and "without" do."""

OPEN = frozenset({"nos", "unspecified", "unspec"})
"""Words by which the classification says that nothing more is known."""

_WORD = re.compile(r"[0-9a-z]+")
# Brackets hold synonyms and nonessential modifiers (guideline I.A.7), unless they say "with" or "without".
_ASIDE = re.compile(r"\((?!with)[^()]*\)|\[(?!with)[^\[\]]*\]")
_POSSESSIVE = re.compile(r"['’]s?\b|['’]")
_NOT_KNOWN = r"(?:unspecified|not specified|unknown)"
_WHAT = r"(?:cause|etiology|fetus|organism|side|site|severity|trimester|type)"
_UNKNOWN = re.compile(
    rf"\b{_NOT_KNOWN} {_WHAT}\b|\b{_WHAT} {_NOT_KNOWN}\b|\bnot (?:elsewhere|otherwise) (?:classified|specified)\b"
)


def fold(text: str) -> str:
    """Lower case without accents, possessives and ligatures: "Ménière's" is "meniere"."""
    plain = text.casefold()
    if not plain.isascii():
        parts = unicodedata.normalize("NFKD", plain)
        plain = "".join([letter for letter in parts if not unicodedata.combining(letter)])
    return _POSSESSIVE.sub("", plain)


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """The word without its plural, as far as that is safe: "fractures" is "fracture", "pelvis" stays."""
    if len(word) < 5 or not word.endswith("s") or word.endswith(("ss", "us", "is")):
        return word
    if word.endswith("sses"):
        return word[:-2]
    if word.endswith("ies") and len(word) > 5:
        return f"{word[:-3]}y"
    return word[:-1]


def words(text: str) -> list[str]:
    """The words of ``text``, folded, in order."""
    return _WORD.findall(fold(text))


class TitleWords(NamedTuple):
    """The stems of a title, apart by what they are worth."""

    spoken: frozenset[str]
    """All that stand outside of brackets."""
    aside: frozenset[str]
    """Those that stand only in brackets: they find a code and do not make its title longer."""
    core: frozenset[str]
    """Those spoken that carry meaning: no small words, nothing that says "not known"."""


@lru_cache(maxsize=4096)
def title_words(text: str) -> TitleWords:
    """The words of a title."""
    folded = fold(text)
    plain = _ASIDE.sub(" ", folded) if "(" in folded or "[" in folded else folded
    spoken = frozenset([stem(word) for word in _WORD.findall(plain)])
    every = spoken if plain is folded else frozenset([stem(word) for word in _WORD.findall(folded)])
    known = _WORD.findall(_UNKNOWN.sub(" ", plain)) if "un" in plain or "not" in plain else None
    core = spoken if known is None else frozenset([stem(word) for word in known])
    return TitleWords(spoken, every - spoken, core - SMALL - OPEN)
