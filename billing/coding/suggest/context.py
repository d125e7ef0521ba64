"""What a sentence says of each of its words: affirmed, negated, history, family or uncertain."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from billing.coding.suggest.cues import AHEAD, BEHIND, COMPANY, STOPS, TALKING, Kind, compiled, skipped
from billing.coding.suggest.segment import Sentence, Token
from billing.coding.suggest.title import form
from billing.coding.suggest.values import Status
from clinic.codes.tokens import fold

_REACH = 14
"""Words a cue reaches at most: notes have lists of findings behind one "denies"."""

_AHEAD, _BEHIND = compiled(AHEAD), compiled(BEHIND)
_LONGEST = max(map(len, [*_AHEAD, *_BEHIND]))
_STOPS = frozenset(map(form, STOPS))
_TALKING = frozenset(map(form, map(fold, TALKING)))
_SHORT_OF_COMMA = frozenset({("without",), ("san",), ("sans",)})
_ON = """stable controlled improving improved improves worse worsening better persist continue treated on started start
    helping equilibre equilibree stabilise sous traite traitee"""
_GOES_ON = frozenset(_ON.split())
_YEAR = re.compile(r"(?:19[3-9][0-9]|20[0-4][0-9])")
_WHEN = frozenset({"in", "en", "circa"})
_SINCE = frozenset({"since", "depui", "depuis"})


class Cue(NamedTuple):
    """A cue at its place: the tokens it is made of, and those it reaches."""

    kind: Kind
    start: int
    end: int
    first: int
    last: int
    """Reaches tokens ``first`` up to ``last``, not included."""


def cues(sentence: Sentence) -> tuple[Cue, ...]:
    """All cues of a sentence, the longest where several begin at one word."""
    tokens = sentence.tokens
    found: list[Cue] = [*_boxes(tokens), *_years(tokens)]
    taken = -1
    for at in range(len(tokens)):
        if at < taken:
            continue
        ahead, end_ahead = _longest(tokens, at, _AHEAD)
        behind, end_behind = _longest(tokens, at, _BEHIND)
        if ahead == "none" or behind == "none":
            taken = max(end_ahead if ahead == "none" else 0, end_behind if behind == "none" else 0)
            continue
        if ahead == "family" and _tells(tokens, at, end_ahead):
            ahead = None
        if ahead is not None:
            found.append(Cue(ahead, at, end_ahead, end_ahead, _until(tokens, at, end_ahead)))
        if tokens[at].word == ":" and not _ends(tokens, end_behind):
            behind = None
        if behind is not None:
            found.append(Cue(behind, at, end_behind, _back(tokens, at), at))
        taken = max(at + 1, end_ahead if ahead else 0, end_behind if behind else 0)
    return _twice_denied(tokens, found)


def status_of(found: Iterable[Cue], start: int, end: int) -> Status:
    """What the cues say of tokens ``start`` up to ``end``; cues that are part of these are not asked."""
    said: set[Kind] = set()
    for cue in found:
        if cue.start < end and start < cue.end:
            continue
        if cue.first <= start < cue.last:
            said.add(cue.kind)
    if "confirmed" in said:
        said.discard("uncertain")
    order: tuple[Status, ...] = ("family", "negated", "uncertain", "history")
    return next((status for status in order if status in said), "affirmed")


def _longest(tokens: Sequence[Token], at: int, table: dict[tuple[str, ...], Kind]) -> tuple[Kind | None, int]:
    words: list[str] = []
    best: Kind | None = None
    end = at
    for place in range(at, min(at + 2 * _LONGEST, len(tokens))):
        word = tokens[place].word
        if words and skipped(word):
            continue
        words.append(word)
        if len(words) > _LONGEST:
            break
        kind = table.get(tuple(words))
        if kind is not None:
            best, end = kind, place + 1
    return best, end


def _ends(tokens: Sequence[Token], at: int) -> bool:
    return at >= len(tokens) or tokens[at].word in {",", ";", ")"}


def _until(tokens: Sequence[Token], start: int, end: int) -> int:
    """Where the reach of a cue ends: a word that turns the sentence, or a part behind a comma that says otherwise."""
    short = tuple(token.word for token in tokens[start:end]) in _SHORT_OF_COMMA
    for at in range(end, min(end + _REACH, len(tokens))):
        word = tokens[at].word
        if word == ":" and at == end:
            continue
        if word in _STOPS or word in {"-", ":", "[]", "[x]"}:
            return at
        if word == "," and (short or _other(tokens, at + 1)) and not _or_ahead(tokens, at + 1):
            return at
        if word == ")" and at > end and "(" not in [token.word for token in tokens[start:at]]:
            return at
    return min(end + _REACH, len(tokens))


def _other(tokens: Sequence[Token], at: int) -> bool:
    """Whether the part behind a comma is a sentence of its own: "no rash, cough improving"."""
    if at < len(tokens) and tokens[at].word[0].isdigit():
        return True
    for token in tokens[at : at + 6]:
        if token.word == ",":
            return False
        if token.word in _GOES_ON:
            return True
    return False


def _or_ahead(tokens: Sequence[Token], at: int) -> bool:
    return any(token.word in {"or", "nor", "ni", "ou"} for token in tokens[at : at + 8])


def _back(tokens: Sequence[Token], end: int) -> int:
    """Where the reach of a cue behind begins: the part of the sentence it stands in, or the one before its comma."""
    for at in range(end - 1, max(end - 1 - _REACH, -1), -1):
        word = tokens[at].word
        if word in _STOPS and word not in {"has", "is", "are"}:
            return at + 1
        if word in {",", "-", "("} and at < end - 1:
            return at + 1
        if word == ":" and at < end - 1:
            return at + 1
    return max(end - 1 - _REACH, 0)


def _tells(tokens: Sequence[Token], at: int, end: int) -> bool:
    """Whether a relative is here as a teller or company, not as one who had a disease."""
    if any(token.word in _TALKING for token in tokens[end : end + 3]):
        return True
    return (
        at > 0
        and tokens[at - 1].word in COMPANY
        and not any(token.word in {"history", "hx"} for token in tokens[max(at - 4, 0) : at])
        and tokens[at - 1].word in {"with", "by", "avec", "accompanied"}
    )


def _boxes(tokens: Sequence[Token]) -> Iterable[Cue]:
    """An empty box denies what stands up to the next one."""
    places = [at for at, token in enumerate(tokens) if token.word in {"[]", "[x]"}]
    for at, following in zip(places, [*places[1:], len(tokens)], strict=False):
        if tokens[at].word == "[]":
            yield Cue("negated", at, at + 1, at + 1, following)


def _years(tokens: Sequence[Token]) -> Iterable[Cue]:
    """A year, or "in" a year, puts what stands before it into the past, unless it says since when."""
    for at, token in enumerate(tokens):
        if not _YEAR.fullmatch(token.word):
            continue
        if at and tokens[at - 1].word in _SINCE:
            continue
        start = at - 1 if at and tokens[at - 1].word in _WHEN else at
        yield Cue("history", start, at + 1, _back(tokens, start), start)


def _twice_denied(tokens: Sequence[Token], found: list[Cue]) -> tuple[Cue, ...]:
    """Leave out one denial of another: "it is not true that he does not have" says that he has."""
    denials = sorted(
        (cue for cue in found if cue.kind == "negated" and cue.first >= cue.end), key=lambda cue: cue.start
    )
    dropped: set[Cue] = set()
    for one, other in pairwise(denials):
        between = [token.word for token in tokens[one.end : other.start]]
        if (
            one not in dropped
            and not set(between) & {",", "or", "and", "nor", "ni", "et", "ou"}
            and (not between or "that" in between or "que" in between)
        ):
            dropped |= {one, other}
    return tuple(cue for cue in found if cue not in dropped)
