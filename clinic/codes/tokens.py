"""Words of a title or of what a person types, in the one form they are compared in."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

SMALL = frozenset(
    {"a", "an", "and", "as", "at", "be", "by", "due", "for", "from", "in", "is", "it", "my", "of", "on", "or", "the",
     "to", "au", "aux", "de", "des", "du", "dans", "et", "la", "le", "les", "ou", "par", "sur", "un", "une"}
)  # fmt: skip
"""Words that say nothing of the condition, in English and French. "With" and "without" do."""

OPEN = frozenset({"nos", "unspecified", "unspec", "nec", "necd"})
"""Words by which the classification says that nothing more is known."""

_WORD = re.compile(r"[0-9a-z]+")
# Brackets hold synonyms and nonessential modifiers (guideline I.A.7), unless they say "with" or "without".
_ASIDE = re.compile(r"\((?!with)[^()]*\)|\[(?!with)[^\[\]]*\]")
_POSSESSIVE = re.compile(r"['’]s?\b|['’]")
# French: the article or pronoun before a vowel is no part of the word ("l'estomac").
_ELIDED = re.compile(r"(?<![0-9a-zà-ÿ])(?:[cdjlmnst]|qu)['’](?=[a-zà-ÿ])")
_NOT_KNOWN = r"(?:unspecified|not specified|unknown)"
_WHAT = r"(?:cause|etiology|fetus|organism|side|site|severity|trimester|type)"
_UNKNOWN = re.compile(
    rf"\b{_NOT_KNOWN} {_WHAT}\b|\b{_WHAT} {_NOT_KNOWN}\b|\bnot (?:elsewhere|otherwise) (?:classified|specified)\b"
    r"|\bnot stated as (?:un)?controlled\b|\bnot specified as [a-z]+ or [a-z]+\b"
)
# What terminologies and record systems put behind a name, which is no part of it.
_TAG = re.compile(
    r"[(\[](?:disorder|finding|situation|event|procedure|morphologic abnormality|observable entity|hcc|cms hcc|cms/hcc"
    r"|context dependent category)[)\]]"
)
_SHORT = (
    (re.compile(r"(?<![0-9a-z])w/o(?![a-z])"), " without "),
    (re.compile(r"(?<![0-9a-z])w/"), " with "),
    (re.compile(r"(?<![0-9a-z])s/p(?![a-z])"), " status post "),
    (re.compile(r"(?<![0-9a-z])h/o(?![a-z])"), " history of "),
    (re.compile(r"(?<![0-9a-z])b/l(?![a-z])"), " bilateral "),
    (re.compile(r"(?<![0-9a-z/])(?:d/t|2/2)(?![a-z0-9/])"), " due to "),
    (re.compile(r"(?<![0-9a-z])(?:c/o|r/o)(?![a-z])"), " "),
    (re.compile(r"\bwithout (?:mention of|any|evidence of)\b"), " without "),
)
_ROMAN = {"ii": "2", "iii": "3"}
_ROMAN_BEHIND = {"i": "1", "ii": "2", "iii": "3", "iv": "4", "v": "5", "vi": "6"}
_COUNTED = frozenset({"type", "stage", "grade", "class", "category", "stade", "classe", "factor", "zone"})


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


def spoken(text: str) -> list[str]:
    """The words of ``text`` as search compares them.

    As ``words``, and shorthand is written out, tags of terminologies are dropped, French elisions are cut off, and
    Roman numbers are figures.
    """
    return _numbers(_WORD.findall(_plain(text)))


def _plain(text: str) -> str:
    plain = text.casefold()
    if not plain.isascii():
        plain = plain.replace("œ", "oe").replace("æ", "ae").replace("’", "'")
    if "(" in plain or "[" in plain:
        plain = _TAG.sub(" ", plain)
    if "'" in plain:
        plain = _ELIDED.sub("", plain)
    if "/" in plain or "without" in plain:
        for pattern, instead in _SHORT:
            plain = pattern.sub(instead, plain)
    return fold(plain)


def _numbers(found: list[str]) -> list[str]:
    for at, word in enumerate(found):
        if word in _ROMAN_BEHIND:
            if at and found[at - 1] in _COUNTED:
                found[at] = _ROMAN_BEHIND[word]
            elif word in _ROMAN:
                found[at] = _ROMAN[word]
    return found


class TitleWords(NamedTuple):
    """The words of a title, apart by what they are worth."""

    spoken: tuple[str, ...]
    """All that stand outside of brackets, each once, in order."""
    aside: frozenset[str]
    """Those that stand only in brackets: they find a code and do not make its title longer."""
    core: frozenset[str]
    """Those spoken that carry meaning: no small words, nothing that says "not known"."""


@lru_cache(maxsize=4096)
def title_words(text: str) -> TitleWords:
    """The words of a title."""
    folded = _plain(text)
    outside = _ASIDE.sub(" ", folded) if "(" in folded or "[" in folded else folded
    said = tuple(dict.fromkeys(_numbers(_WORD.findall(outside))))
    aside = frozenset(_numbers(_WORD.findall(folded))).difference(said) if outside is not folded else frozenset()
    known = _numbers(_WORD.findall(_UNKNOWN.sub(" ", outside))) if "un" in outside or "not" in outside else said
    return TitleWords(said, aside - SMALL, frozenset(known) - SMALL - OPEN)
