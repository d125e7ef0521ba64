"""What a code-set release is, and what it answers with."""

from __future__ import annotations

from datetime import date
from typing import Literal

import msgspec

from clinic.domain.value import Value

State = Literal["billable", "header", "unknown"]
"""Billable: may stand on a claim. Header: a group of codes, needs more characters. Unknown: not in the release."""


class Release(Value, frozen=True, kw_only=True):
    """One edition of one code set, as one file holds it.

    ``start`` and ``end`` are the dates of service it may be judged by, both included. ``effective`` is the day its
    publisher put it in force, which may be later than ``start`` where the edition before it held the same codes.
    A set that is not ``complete`` (a starter list) can confirm a code and never deny one.
    """

    system: str
    name: str
    title: str
    effective: date
    start: date
    end: date
    licence: str
    source: str
    complete: bool = False
    rows: int | None = None
    billable: int | None = None
    digest: str | None = None
    """SHA-256 (hex) of the source's bytes, so that loading the same file again is seen."""
    notice: str | None = None
    """What the licence wants shown wherever the codes are."""


class Entry(Value, frozen=True, kw_only=True):
    """One code of a release."""

    system: str
    value: str
    """As claims carry it: ICD-10-CM without its dot."""
    display: str
    billable: bool
    start: date
    end: date
    """The dates of service the code may be used on: its own, else its release's."""
    parents: tuple[str, ...] = ()
    """Codes above it, nearest first."""
    groups: tuple[str, ...] = ()
    """Blocks and chapters above it, nearest first: ``S50-S59``, ``19``."""
    facts: tuple[tuple[str, str], ...] = ()
    """What its file says of it beyond words, by name, in the file's order: ``("age_from", "18")``."""

    def fact(self, name: str) -> str | None:
        """One fact, None where the file says nothing of it."""
        return next((text for key, text in self.facts if key == name), None)


class Status(Value, frozen=True):
    """How a code stands on a day.

    ``covered`` says whether a complete release answers for that day: without it ``unknown`` proves nothing, and an
    edit may advise but not block (law 11). ``release`` names the one that was asked, None where none is loaded.
    """

    state: State
    covered: bool = False
    release: str | None = None


class Hit(Value, frozen=True, kw_only=True):
    """A code that a search found, ``score`` from 1 (all that was typed, nothing else) down to 0."""

    system: str
    code: str
    """As people read it: ICD-10-CM with its dot."""
    value: str
    display: str
    billable: bool
    score: float


class Note(Value, frozen=True, kw_only=True):
    """What the tabular list says at a code or above it; ``kind`` is its element: excludes1, codeFirst, notes."""

    owner: str
    kind: str
    lines: tuple[str, ...]


class Row(msgspec.Struct, frozen=True, gc=False):
    """One code on its way into a release file.

    ``parent`` is another row's value; ``group`` the id of a block, for rows without a parent. ``suffix`` rows get
    their display from the parent's with theirs behind a comma. ``titles`` are further names to be found by.
    """

    value: str
    display: str
    billable: bool
    parent: str | None = None
    group: str | None = None
    suffix: bool = False
    titles: tuple[str, ...] = ()
    notes: tuple[tuple[str, tuple[str, ...]], ...] = ()
    start: date | None = None
    end: date | None = None
    facts: tuple[tuple[str, str], ...] = ()


class Group(msgspec.Struct, frozen=True):
    """A chapter or block: it holds notes for all below it and is never a code."""

    id: str
    display: str
    parent: str | None = None
    notes: tuple[tuple[str, tuple[str, ...]], ...] = ()


class Contents(msgspec.Struct, frozen=True):
    """All that a release file is written from."""

    rows: tuple[Row, ...]
    groups: tuple[Group, ...] = ()


def shown(system: str, value: str) -> str:
    """The code as people read it: a dot after the third character of an ICD-10-CM code."""
    return f"{value[:3]}.{value[3:]}" if system == "icd10cm" and len(value) > 3 else value


def keyed(system: str, text: str) -> str:
    """The code as claims carry it, from what a person typed: upper case, ICD-10-CM without its dot."""
    text = text.strip().upper()
    return text.replace(".", "") if system == "icd10cm" else text
