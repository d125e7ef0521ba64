"""The search index of a release: titles in order of merit, and for each word the set of titles that hold it.

A *line* is one title and the code it leads to. Lines are numbered so that a lower number is the better answer:
billable before header, then fewer words that carry meaning, so a title that says what was asked and nothing more
comes first. Finding is then the intersection of bit sets, and ranking is reading their lowest bits.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterator

from clinic.codes.release import Row
from clinic.codes.tokens import TitleWords, title_words

FREQUENT = 1000
"""From this many lines on a word is kept as a bit set, below as a list of line numbers."""

STARTS = 3
"""Beginnings of up to this many letters have their set kept; the longer are joined from their words when asked."""

Line = tuple[tuple[int, int, int, int, int, int], int, TitleWords]
_FIRST_VISIT = {"A": 0, "0": 0, "D": 1, "S": 2}
# Pregnancy, the newborn and external causes are meant only where their own words are typed.
_SPECIAL = frozenset("OPVWXY")


def search_sections(rows: list[Row]) -> tuple[dict[str, bytes], int]:
    """The sections that search reads, from rows sorted by code, and how many lines lead to billable codes."""
    lines = sorted(_lines(rows), key=lambda line: line[0])
    spoken: dict[str, array[int]] = defaultdict(lambda: array("I"))
    aside: dict[str, array[int]] = defaultdict(lambda: array("I"))
    for number, (_, _, title) in enumerate(lines):
        for word in title.spoken:
            spoken[word].append(number)
        for word in title.aside:
            aside[word].append(number)
    begins: dict[str, set[int]] = defaultdict(set)
    for holds in (spoken, aside):
        for word, numbers in holds.items():
            for length in range(1, min(STARTS, len(word)) + 1):
                begins[word[:length]].update(numbers)
    sections = {
        "line_entry": array("I", (entry for _, entry, _ in lines)).tobytes(),
        "line_words": bytes(min(rank[1], 255) for rank, _, _ in lines),
        **_postings("words", spoken, len(lines)),
        **_postings("asides", aside, len(lines)),
        **_postings(
            "starts_with", {start: array("I", sorted(numbers)) for start, numbers in begins.items()}, len(lines)
        ),
    }
    return sections, sum(1 for rank, _, _ in lines if not rank[0])


def _lines(rows: list[Row]) -> Iterator[Line]:
    """Every title of every code; a header's titles also lead to the code a coder takes when no more is known."""
    place = {row.value: number for number, row in enumerate(rows)}
    usual = _usual(rows)
    titles: list[TitleWords] = []
    for number, row in enumerate(rows):
        title = title_words(row.display)
        if row.suffix and row.parent is not None:
            above = titles[place[row.parent]]
            title = TitleWords(above.spoken | title.spoken, above.aside | title.aside, above.core | title.core)
        titles.append(title)
        yield _line(row, number, title, 0)
        instead = usual.get(number)
        if instead is not None:
            yield _line(rows[instead], instead, title, 1)
        target = number if row.billable or instead is None else instead
        for further in row.titles:
            yield _line(rows[target], target, title_words(further), 2)


def _line(row: Row, number: int, title: TitleWords, kind: int) -> Line:
    """A title with its merit: smaller is better, the code's own place last so that no two are alike."""
    seventh = _FIRST_VISIT.get(row.value[-1], 1) if row.suffix else 0
    special = 1 if row.value[0] in _SPECIAL else 0
    return ((0 if row.billable else 1, len(title.core), special, seventh, kind, number), number, title)


def _usual(rows: list[Row]) -> dict[int, int]:
    """For each header that has one: the billable code below it that is meant when nothing more is known."""
    below: dict[str, list[int]] = defaultdict(list)
    for number, row in enumerate(rows):
        if row.parent is not None:
            below[row.parent].append(number)
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


def _postings(name: str, holds: dict[str, array[int]], lines: int) -> dict[str, bytes]:
    """Sorted words, and for each how many lines and where they stand in ``<name>_sets``."""
    counts, places, sets, at = array("I"), array("I"), [], 0
    names = sorted(holds)
    for word in names:
        numbers = holds[word]
        data = bit_set(numbers, lines) if len(numbers) >= FREQUENT else numbers.tobytes()
        counts.append(len(numbers))
        places.append(at)
        sets.append(data)
        at += len(data)
    return {
        name: "\n".join(names).encode(),
        f"{name}_count": counts.tobytes(),
        f"{name}_at": places.tobytes(),
        f"{name}_sets": b"".join(sets),
    }


def bit_set(numbers: array[int], lines: int) -> bytes:
    """A bit a line, little-endian, padded to whole 32-bit words so that lists between bit sets stay aligned."""
    bits = bytearray((lines + 31) // 32 * 4)
    for number in numbers:
        bits[number >> 3] |= 1 << (number & 7)
    return bytes(bits)
