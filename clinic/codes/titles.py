"""The titles that lead to the codes of a release: its own, those of headers, further names, notes, terms of ours."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from clinic.codes.release import Row, keyed
from clinic.codes.tokens import TitleWords, title_words
from clinic.codes.words_tables import WordRow

NOTED = frozenset({"excludes1", "excludes2", "codeFirst", "codeAlso", "useAdditionalCode"})
"""Notes that name a condition and, in brackets, the code it has."""

_NOTE = re.compile(r"(.+?) \(([A-Z][0-9][0-9A-Z](?:\.[0-9A-Z]{1,4})?)(?:\.?-)?\)")
_FIRST_VISIT = {"A": 0.0, "0": 0.0, "B": 3.0, "D": 4.0, "S": 5.0}
# Pregnancy, the newborn and external causes are meant only where their own words are typed.
_SPECIAL = {"O": 3.0, "P": 3.0, "V": 4.0, "W": 3.0, "X": 3.0, "Y": 4.0}
_EXACT, _USUAL, _FURTHER, _TERM, _NOTED = 0.0, 0.2, 0.4, 0.1, 1.2


class Line(NamedTuple):
    """One title and the code it leads to."""

    entry: int
    title: TitleWords
    penalty: float
    """What speaks against it when others say as much, in units of weight."""
    own: bool = False
    """Whether it is the code's own title, which inherits the words of what stands above it."""


def lines(rows: Sequence[Row], system: str, terms: Sequence[WordRow]) -> Iterator[Line]:
    """Every title of every code; a header's titles also lead to the code a coder takes when no more is known."""
    place = {row.value: number for number, row in enumerate(rows)}
    usual = _usual(rows)
    heads = {row.parent for row in rows if row.suffix}
    titles: dict[str, TitleWords] = {}  # of those from which others take theirs

    icd = system.startswith("icd10")
    for number, row in enumerate(rows):
        title = title_words(row.display)
        if row.suffix and row.parent is not None:
            title = _with_suffix(titles[row.parent], title, row.value[-1])
        if row.value in heads:
            titles[row.value] = title
        seventh = _FIRST_VISIT.get(row.value[-1], 4.5) if row.suffix else 0.0
        special = _SPECIAL.get(row.value[0], 0.0) if icd else 0.0
        yield Line(number, title, _EXACT + seventh + special, own=True)
        instead = usual.get(number)
        if instead is not None:
            yield Line(instead, title, _USUAL + special)
        target = number if row.billable or instead is None else instead
        for further in row.titles:
            yield Line(target, title_words(further), _FURTHER + special)
    if icd:
        yield from _noted(rows, place, usual)
        yield from _terms(rows, place, usual, terms, system)


def _with_suffix(above: TitleWords, own: TitleWords, seventh: str) -> TitleWords:
    """A title with its seventh character's words.

    Those of a first visit find a code and make no title longer; of those of a visit in the course of healing only that
    it is subsequent counts, so that routine healing comes before the ways it may fail.
    """
    if seventh in "A0":
        return TitleWords(above.spoken, above.aside | own.core - frozenset(above.spoken), above.core)
    spoken = tuple(dict.fromkeys(above.spoken + own.spoken))
    core = own.core & {"subsequent", "encounter"} if seventh == "D" else own.core
    return TitleWords(spoken, above.aside | own.aside, above.core | core)


def _noted(rows: Sequence[Row], place: dict[str, int], usual: dict[int, int]) -> Iterator[Line]:
    """What notes call the codes they point to, where that says more than the code's own title."""
    seen: set[tuple[int, frozenset[str]]] = set()
    for row in rows:
        for kind, notes in row.notes:
            if kind not in NOTED:
                continue
            for note in notes:
                match = _NOTE.fullmatch(note)
                number = place.get(match[2].replace(".", "")) if match else None
                if match is None or number is None:
                    continue
                title, own = title_words(match[1]), title_words(rows[number].display)
                target = number if rows[number].billable else usual.get(number, number)
                key = (target, title.core)
                if key in seen or not title.core or len(title.core) > 9 or title.core <= own.core | own.aside:
                    continue
                seen.add(key)
                yield Line(target, title, _NOTED + _SPECIAL.get(rows[target].value[0], 0.0))


def _terms(
    rows: Sequence[Row], place: dict[str, int], usual: dict[int, int], terms: Sequence[WordRow], system: str
) -> Iterator[Line]:
    """Our own tables: a term's codes in the order they are given there."""
    deepest = _first_billable(rows, usual)
    for term in terms:
        for rank, code in enumerate(term.codes):
            number = place.get(keyed(system, code))
            if number is None:
                continue
            title = title_words(term.term)
            penalty = _TERM + 1.5 * rank
            if not rows[number].billable:
                yield Line(deepest.get(number, number), title, penalty)
            yield Line(number, title, penalty)


def _first_billable(rows: Sequence[Row], usual: dict[int, int]) -> dict[int, int]:
    """For every header a billable code below it: the usual one, else the least particular."""
    below = _below(rows)
    found: dict[int, int] = dict(usual)
    for number in range(len(rows) - 1, -1, -1):
        children = below.get(rows[number].value)
        if children and number not in found:
            child = min(children, key=lambda child: _openness(rows[child]))
            found[number] = child if rows[child].billable else found.get(child, child)
    return found


def _below(rows: Sequence[Row]) -> dict[str, list[int]]:
    below: dict[str, list[int]] = defaultdict(list)
    for number, row in enumerate(rows):
        if row.parent is not None:
            below[row.parent].append(number)
    return below


def _usual(rows: Sequence[Row]) -> dict[int, int]:
    """For each header that has one: the billable code below it that is meant when nothing more is known."""
    below = _below(rows)
    usual: dict[int, int] = {}
    for number in range(len(rows) - 1, -1, -1):  # a code sorts before those below it, so children are done first
        children = below.get(rows[number].value)
        if children:
            child = min(children, key=lambda child: _openness(rows[child]))
            if len(children) > 1 and _openness(rows[child])[0] > 3 and not rows[child].suffix:
                continue
            if rows[child].billable:
                usual[number] = child
            elif child in usual:
                usual[number] = usual[child]
    return usual


def _openness(row: Row) -> tuple[int, str]:
    """How clearly a child is the one for "no more known", 0 to 3, or from 4 not at all.

    By its word, with ICD-10's last characters 9 and 0; else by 9 alone, unless that is "other".
    """
    name, last = row.display.lower(), row.value[-1]
    unspecified = "unspecified" in name
    if row.suffix:
        return (0 if unspecified else 4, "" if last == "A" else last)
    if name.endswith("status unknown"):  # S06: not even whether consciousness was lost, where 9 says that it was
        return (0, "")
    if unspecified:
        return ({"9": 0, "0": 1}.get(last, 3), row.value)
    return (2 if last == "9" and not name.startswith("other") else 4, row.value)
