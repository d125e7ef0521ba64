"""From the text of a note to suggestions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from billing.coding.suggest.choose import Choice, Said, choose, episode_of
from billing.coding.suggest.context import Cue, cues, status_of
from billing.coding.suggest.language import languages_of
from billing.coding.suggest.lexicon import Lexicon
from billing.coding.suggest.mentions import Mention, mentions, side_of
from billing.coding.suggest.segment import Sentence, sentences
from billing.coding.suggest.title import Side
from billing.coding.suggest.values import Status


class Read(NamedTuple):
    """A mention with the code chosen for it."""

    mention: Mention
    choice: Choice
    status: Status
    sentence: Sentence

    @property
    def start(self) -> int:
        """Where its words begin in the note."""
        return self.sentence.tokens[self.mention.first].start

    @property
    def end(self) -> int:
        """Behind its last word."""
        return self.sentence.tokens[self.mention.last - 1].end


def read(note: str, lexicon: Lexicon) -> list[Read]:
    """All mentions of a note with their codes and status, in order, before anything is weighed against another."""
    parts = sentences(note)
    languages = languages_of(token.word for part in parts for token in part.tokens)
    episode = episode_of(token.word for part in parts for token in part.tokens)
    found: list[Read] = []
    for place, part in enumerate(parts):
        following = parts[place + 1] if place + 1 < len(parts) else None
        found += _read(part, following, lexicon, languages, episode)
    return found


def _read(
    part: Sentence, following: Sentence | None, lexicon: Lexicon, languages: Sequence[str], episode: str
) -> Iterable[Read]:
    said = cues(part)
    there = mentions(part, lexicon, languages)
    for number, mention in enumerate(there):
        status = status_of(said, mention.first, mention.last)
        if status == "uncertain" and following is not None and _confirms(following):
            status = "affirmed"
        before = there[number - 1].last if number else 0
        behind = there[number + 1].first if number + 1 < len(there) else len(part.tokens)
        words, side = _around(part, mention, said, before, behind)
        words |= {each for word in words for language in languages for each in lexicon.meant(word, language)}
        chosen = choose(
            mention.nodes, Said(mention.words, words, side, episode), whole=mention.whole, ranked=not mention.official
        )
        if chosen is not None:
            yield Read(mention, chosen, status, part)


def _confirms(part: Sentence) -> bool:
    return any(token.word in {"confirmed", "confirmee", "confirme"} for token in part.tokens[:4])


def _around(
    part: Sentence, mention: Mention, said: Sequence[Cue], before: int, behind: int
) -> tuple[frozenset[str], Side]:
    """Words near a mention that are said as it is, and the side they give.

    Near: its own part of the sentence between commas, other conditions in it included ("diabetes with neuropathy"),
    and what stands between it and the conditions on either side.
    """
    tokens = part.tokens
    first = last = 0
    first = mention.first
    while first > 0 and tokens[first - 1].word not in {",", ";", "?"}:
        first -= 1
    last = mention.last
    while last < len(tokens) and tokens[last].word not in {",", ";", "?"}:
        last += 1
    first, last = min(first, before), max(last, behind)
    words: set[str] = set()
    sides: list[tuple[int, Side]] = []
    status = status_of(said, mention.first, mention.last)
    for at in range(first, last):
        own = mention.first <= at < mention.last
        if not own and status_of(said, at, at + 1) != status:
            continue
        words.add(tokens[at].word)
        side = side_of(tokens[at])
        if side:
            gap = mention.first - at if at < mention.first else max(at - mention.last + 1, 0)
            sides.append((gap, side))
    return frozenset(words), _one_side(sides)


def _one_side(sides: list[tuple[int, Side]]) -> Side:
    if not sides:
        return ""
    return min(sides)[1]
