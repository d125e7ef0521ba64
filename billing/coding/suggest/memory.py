"""What a practice's coders made of suggestions: told by the facts of claims, counted by words and codes.

Nothing of a patient is in it: words are those of the lexicon's terms in their common form, bounded in length.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import NamedTuple

from billing.coding.changes import AddDiagnosis, AddLine
from billing.coding.grounds import LONGEST_KEY, Grounds, SuggestionRefused
from billing.coding.story import Changed
from billing.coding.suggest.lexicon import Lexicon
from billing.coding.suggest.title import form
from clinic.codes.tokens import SMALL, fold
from clinic.domain.code import Code
from clinic.domain.value import Value

_WORD = re.compile(r"[0-9a-z]+")


class Verdict(NamedTuple):
    """What a coder last made of one suggestion on one claim."""

    chosen: Code | None
    """None: refused."""
    at: datetime


Key = tuple[str, Code]
"""Words and suggested code."""


class Told(NamedTuple):
    """A fact of a claim, and when."""

    body: Value
    at: datetime


class Count(NamedTuple):
    """How often a code was chosen for a suggestion."""

    chosen: Code | None
    times: int
    last_on: date


class Habit(Value, frozen=True, kw_only=True):
    """What a practice usually makes of a suggestion."""

    chosen: Code | None
    """The code it usually puts; None where it usually refuses it."""
    times: int
    of: int


def key_of(text: str, lexicon: Lexicon) -> str:
    """What words are remembered by: those that the lexicon knows, in their common form, each once, in order."""
    found = {form(word) for word in _WORD.findall(fold(text)) if word not in SMALL}
    known = sorted(word for word in found if lexicon.knows(word) and not word.isdigit())
    key = ""
    for word in known:
        if len(key) + len(word) + 1 > LONGEST_KEY:
            break
        key = f"{key} {word}".strip()
    return key


def verdicts(told: Iterable[Told]) -> dict[Key, Verdict]:
    """What the coder made of each suggestion on one claim, by its facts in order."""
    found: dict[Key, Verdict] = {}
    for body, at in told:
        if isinstance(body, SuggestionRefused):
            found[body.grounds.key, body.grounds.suggested] = Verdict(None, at)
        elif isinstance(body, Changed) and body.grounds is not None:
            _changed(found, body, body.grounds, at)
    return found


def _changed(found: dict[Key, Verdict], body: Changed, grounds: Grounds, at: datetime) -> None:
    key = grounds.key, grounds.suggested
    if grounds.taken_back:
        found.pop(key, None)
    elif grounds.instead is not None:
        found[key] = Verdict(grounds.instead, at)
    elif isinstance(body.change, AddDiagnosis | AddLine):
        found[key] = Verdict(body.change.code, at)


def habit(counts: Sequence[Count]) -> Habit | None:
    """The most frequent choice where it is more than half of them; None where there is no such."""
    whole = sum(count.times for count in counts)
    best = max(counts, key=lambda count: (count.times, count.last_on), default=None)
    if best is None or best.times * 2 <= whole:
        return None
    return Habit(chosen=best.chosen, times=best.times, of=whole)
