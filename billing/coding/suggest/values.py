"""What a suggestion says: the code, the exact words it rests on, and why."""

from __future__ import annotations

from typing import Literal

from billing.coding.grounds import Words
from clinic.domain.code import Code
from clinic.domain.value import Value

Status = Literal["affirmed", "negated", "history", "family", "uncertain"]
"""Affirmed: the patient has it. Uncertain: probable, to be excluded, watched for or planned for (guideline IV.H)."""


class Suggestion(Value, frozen=True, kw_only=True):
    """One code for some words of a note.

    Only ``affirmed`` ones are offered for a claim; the others show that the words were read, and as what.
    """

    system: str
    code: str
    """As people read it: ICD-10-CM with its dot."""
    display: str
    start: int
    end: int
    """The place in the note, in characters from 0, ``end`` behind the last one."""
    text: str
    """The note's own words at that place."""
    status: Status
    score: float
    """How sure, 0 to 1: what the words leave open, and where in the note they stand, take away from it."""
    why: tuple[str, ...] = ()
    """Message ids of the reasons, the first one first."""


class Gap(Value, frozen=True, kw_only=True):
    """What the note leaves open for a suggested code: a question, with the codes its answer decides between."""

    code: str
    start: int
    end: int
    question: str
    """A message id."""
    choices: tuple[tuple[str, str], ...] = ()
    """Code and display of each answer."""


class Proposal(Value, frozen=True, kw_only=True):
    """A code for the claim with everything in the record that speaks for it: one a code and status."""

    code: Code
    """As claims carry it."""
    shown: str
    """As people read it."""
    display: str
    status: Status
    score: float
    key: str
    """What the practice remembers it by (``memory.key_of``)."""
    words: tuple[Words, ...]
    """What it rests on, the best first; never empty."""
    why: tuple[str, ...] = ()
    """Message ids of the reasons."""
