"""A note as sentences: each knows its tokens and under which heading of the note it stands."""

from __future__ import annotations

import re
from typing import NamedTuple

import msgspec

from billing.coding.suggest.headings import HEADINGS
from billing.coding.suggest.title import form
from clinic.codes.tokens import fold

_TOKEN = re.compile(
    r"(?P<box>\[[ xX✓-]?\]|☐|☑|☒)"
    r"|(?P<short>\b(?:w/o|s/p|h/o|r/o|c/o|d/t|b/l|w/)(?![A-Za-z]))"
    r"|(?P<elided>\b(?:[cdjlmnstCDJLMNST]|[Qq]u)['’](?=[A-Za-zÀ-ÿœŒ]))"
    r"|(?P<word>[0-9]+(?:[.,][0-9]+)?[A-Za-z]?\b|[0-9A-Za-zÀ-ÿœŒ]+)(?:['’]s?(?![0-9A-Za-zÀ-ÿ]))?"
    r"|(?P<mark>[,;:()?]|(?<=\s)[-–—](?=\s)|\+\+?(?=\s))"
)
# A full stop ends a sentence unless a figure or a small letter follows; so does the end of a line, a bullet, a number.
_END = re.compile(
    r"[.!](?=\s+(?:[-•*]\s*)?[A-ZÀ-Ý0-9#(\[])|(?<=[A-Za-zà-ÿ0-9)%][A-Za-zà-ÿ0-9)%][A-Za-zà-ÿ0-9)%])[.](?=\s+[a-zà-ÿ])|[.!](?=\s*$)"
    r"|(?<=\?)\s+(?=[A-ZÀ-Ý])"
)
_BULLET = re.compile(r"\s*(?:[-•*–]\s+|\(?[0-9]{1,2}[.)]\s+)")
_HEADING = re.compile(r"(?P<name>[A-ZÀ-Ýa-z][A-Za-zÀ-ÿ0-9/&' .+-]{0,44}?)(?:\s*:|\s*[-–—](?=\s))")
_ASIDE = re.compile(r"\([^()]*\)")
_ABBREVIATED = re.compile(r"\b(?:Dr|Mr|Mrs|Ms|St|vs|approx|No|Mme|Pt|y\.o|e\.g|i\.e)\.$")
_PASSING = frozenset({"past", "family", "social", "allergy"})
_MOST = 120
"""Tokens of a sentence: what has no end is cut, so that reading takes as long as the note is, not its square."""
_COUNTED = frozenset({"type", "stage", "grade", "class", "stade", "classe"})
_ROMAN = {"i": "1", "ii": "2", "iii": "3", "iv": "4", "v": "5"}
_WRITTEN = {"w/o": "without", "s/p": "status post", "h/o": "history of", "r/o": "rule out", "b/l": "bilateral",
            "w/": "with", "c/o": "complains of", "d/t": "due to"}  # fmt: skip


class Token(NamedTuple):
    """A word or mark and its place in the note."""

    start: int
    end: int
    word: str
    """Folded and without its plural; marks as they are, boxes as ``[x]`` or ``[]``."""
    raw: str


class Sentence(msgspec.Struct, frozen=True):
    """Some tokens that speak together, under one heading."""

    tokens: tuple[Token, ...]
    section: str
    """One of the values of ``HEADINGS``; empty before the first heading."""


def sentences(note: str) -> tuple[Sentence, ...]:
    """The sentences of a note, in order."""
    found: list[Sentence] = []
    section, at = "", 0
    for line in note.splitlines(keepends=True):
        if not line.strip():
            # Family and past history rarely have an end of their own: an empty line is one.
            section = "" if section in {"family", "social"} else section
        else:
            before, section = section, _line(note, at, at + len(line.rstrip()), section, found)
            if section in _PASSING and section != before and _whole(line):
                section = ""
        at += len(line)
    return tuple(found)


def _whole(line: str) -> bool:
    """Whether a line is a heading with its text: the next one is no part of it."""
    text = line.strip()
    return text.endswith(".") and not text.endswith(":")


def _line(note: str, start: int, end: int, section: str, found: list[Sentence]) -> str:
    """Take the sentences of one line. Gives the section it ends in."""
    bullet = _BULLET.match(note, start, end)
    at = bullet.end() if bullet else start
    for stop in [*_stops(note, at, end), end]:
        name, behind = _heading(note, at, stop)
        if name is not None:
            section, at = name, behind
        tokens = _tokens(note, at, stop)
        found += [Sentence(tokens[first : first + _MOST], section) for first in range(0, len(tokens), _MOST)]
        at = stop
    return section


def _stops(note: str, start: int, end: int) -> list[int]:
    return [
        match.end() for match in _END.finditer(note, start, end) if not _ABBREVIATED.search(note, start, match.end())
    ]


def _heading(note: str, start: int, end: int) -> tuple[str | None, int]:
    """The section that begins here, and where its text does; None where no known heading stands."""
    while start < end and note[start] in " \t#*_-•":
        start += 1
    match = _HEADING.match(note, start, end)
    if match is not None:
        section = HEADINGS.get(" ".join(fold(match["name"]).replace("/", " ").split()))
        if section is not None:
            return section, match.end()
    whole = _ASIDE.sub("", note[start:end]).strip()
    section = HEADINGS.get(" ".join(fold(whole).replace("/", " ").strip(" .*_#:").split()))
    if section is not None and (whole.isupper() or len(whole) > 2):
        return section, end
    return None, start


def _tokens(note: str, start: int, end: int) -> tuple[Token, ...]:
    tokens: list[Token] = []
    for match in _TOKEN.finditer(note, start, end):
        kind, raw = match.lastgroup, match[0]
        if kind == "elided":
            continue
        if kind == "box":
            tokens.append(Token(match.start(), match.end(), "[]" if raw in {"[ ]", "[]", "☐", "[-]"} else "[x]", raw))
        elif kind == "short":
            tokens += [Token(match.start(), match.end(), word, raw) for word in _WRITTEN[raw.casefold()].split()]
        elif kind == "mark":
            tokens.append(Token(match.start(), match.end(), "-" if raw in "–—" else raw, raw))
        else:
            tokens.append(Token(*match.span("word"), _word(match["word"], tokens), match["word"]))
    return tuple(tokens)


def _word(raw: str, before: list[Token]) -> str:
    word = fold(raw.replace("œ", "oe").replace("Œ", "oe"))
    if before and before[-1].word in _COUNTED and word in _ROMAN:
        return _ROMAN[word]
    return form(word)
