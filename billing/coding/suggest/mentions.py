"""Where a sentence names a condition: runs of words that are a term, the longest first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from billing.coding.suggest.lexicon import MOST_WORDS, Lexicon, Node
from billing.coding.suggest.segment import Sentence, Token
from billing.coding.suggest.title import LEFT_OUT, SIDES, Side
from clinic.codes.tokens import OPEN, SMALL

_AS_TITLES: dict[str, tuple[str, ...]] = {"cancer": ("malignant", "neoplasm"), "carcinoma": ("malignant", "neoplasm")}
"""What titles call it."""

_VOWELS = frozenset("aeiouy")
_BREAKS = frozenset({";", "?", ":", "[]", "[x]", "-"})
_UNCOUNTED = SMALL | OPEN | LEFT_OUT | {"initial", "encounter", "unilateral", "side"}


class Mention(NamedTuple):
    """A term in a sentence."""

    first: int
    last: int
    """Tokens ``first`` up to ``last``, not included."""
    nodes: tuple[Node, ...]
    """Codes the term stands for, best first."""
    words: frozenset[str]
    """Words that are said by it: its own and those it means."""
    whole: bool
    official: bool


class Word(NamedTuple):
    """A token that counts for terms."""

    at: int
    word: str


def side_of(token: Token) -> Side:
    """The side a token gives, empty where it gives none."""
    side = SIDES.get(token.word, "")
    if side and len(token.word) <= 2 and not token.raw.isupper() and token.word not in {"rt", "lt"}:
        return ""
    return side


def counted(sentence: Sentence) -> list[list[Word]]:
    """The words of a sentence that terms are made of, apart where no term goes through."""
    runs: list[list[Word]] = [[]]
    for at, token in enumerate(sentence.tokens):
        word = token.word
        if word in _BREAKS:
            runs.append([])
        elif word[0].isalnum() and word not in _UNCOUNTED and not side_of(token):
            runs[-1].append(Word(at, word))
    return [run for run in runs if run]


def mentions(sentence: Sentence, lexicon: Lexicon, languages: Sequence[str]) -> list[Mention]:
    """The terms of a sentence, none inside another, in order."""
    found: list[Mention] = []
    taken: set[int] = set()
    for run in counted(sentence):
        for size in range(min(MOST_WORDS, len(run)), 0, -1):
            for start in range(len(run) - size + 1):
                window = run[start : start + size]
                if any(word.at in taken for word in window):
                    continue
                mention = _mention(sentence, window, lexicon, languages)
                if mention is not None:
                    found.append(mention)
                    taken.update(word.at for word in window)
    return sorted(found, key=lambda mention: mention.first)


def _mention(sentence: Sentence, window: list[Word], lexicon: Lexicon, languages: Sequence[str]) -> Mention | None:
    said = list(dict.fromkeys(word.word for word in window))
    as_titles = {each for word in said for each in _AS_TITLES.get(word, (word,))}
    for language in languages:
        foreign = {each for word in said for each in lexicon.meant(word, language) or _AS_TITLES.get(word, (word,))}
        for words in (set(said), as_titles, foreign):
            term = lexicon.term(words, language)
            if term is None or not term.nodes:
                continue
            if term.short and not all(_typed_short(sentence.tokens[word.at]) for word in window):
                continue
            first, last = window[0].at, window[-1].at + 1
            meant = frozenset(said) | words | term.words
            return Mention(first, last, term.nodes, meant, term.whole, term.official)
    return None


def _typed_short(token: Token) -> bool:
    """Whether a short term is typed as an abbreviation: capitals, figures, or no vowel in it."""
    return token.raw.isupper() or token.word[0].isdigit() or not _VOWELS & set(token.word)
