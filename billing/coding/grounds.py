"""What a code that was suggested rested on, and what the coder made of it: kept with the fact for who asks later."""

from __future__ import annotations

from typing import Literal

from clinic.domain.code import Code
from clinic.domain.value import Value

Source = Literal["note", "problem", "act", "observation", "result"]
"""Where in the record words stand. What was measured speaks for a diagnosis that somebody made, and is none itself."""

LONGEST_KEY = 80
"""Characters of the words that a practice's memory goes by."""


class Words(Value, frozen=True, kw_only=True):
    """Words of the record that a suggestion rests on."""

    source: Source
    source_id: int
    """The id of the note, problem, act, observation or result."""
    text: str
    """As they stand there."""
    start: int | None = None
    """Their place in the note, in characters from 0."""
    end: int | None = None
    """Behind the last one."""


class Grounds(Value, frozen=True, kw_only=True):
    """Why a code was put on or taken off: the suggestion it came of."""

    key: str
    """What the practice remembers it by: known words of the term, in their common form; nothing of the patient."""
    suggested: Code
    """What was suggested for these words; another code than the one put on where the coder chose another."""
    words: tuple[Words, ...] = ()
    instead: Code | None = None
    """The code that stands on the claim in its place, where the suggested one is taken out."""
    taken_back: bool = False
    """Whether it undoes what the coder said of the suggestion on this claim before."""


class SuggestionRefused(Value, frozen=True, kw_only=True):
    """``claim.suggestion_refused`` version 1: not wanted on this claim, for the reason the fact may hold."""

    grounds: Grounds
