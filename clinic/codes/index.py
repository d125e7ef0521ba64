"""The search index of a release: titles in order of merit, and for each word the set of titles that hold it.

A *line* is one title and the code it leads to. Lines are numbered so that a lower number is the better answer:
billable before header, then what says less beside what was asked. Candidates are then found by intersecting bit sets
and reading their lowest bits, and only those few are weighed one by one (``ranking``).
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec

from clinic.codes.forms import alike, meanings
from clinic.codes.release import Group, Row
from clinic.codes.titles import Line, lines
from clinic.codes.tokens import OPEN, SMALL, title_words
from clinic.codes.typos import typo_sections
from clinic.codes.vocabulary import WEIGHT, Vocabulary, place_kind, vocabulary_sections
from clinic.codes.words_tables import WordRow, read_words

FREQUENT = 500
"""From this many lines on a word is kept as a bit set, below as a list of line numbers."""

CONDITIONS = ("icd10", "cim10")
"""Systems of conditions, which our tables of words are about."""

STARTS = 3
"""Beginnings of up to this many letters have their set kept; the longer are joined from their words when asked."""


def search_sections(
    rows: list[Row], system: str, groups: Iterable[Group] = (), terms: Sequence[WordRow] | None = None
) -> tuple[dict[str, bytes], int]:
    """The sections that search reads, from rows sorted by code, and how many lines lead to billable codes."""
    terms = read_words() if terms is None else terms
    every = list(_slim(lines(rows, system, terms)))
    titled = frozenset(word for line in every for word in (*line.spoken, *line.aside))
    # Our tables speak of conditions; what is no classification of them has its own words only.
    means = meanings(terms, titled) if system.startswith(CONDITIONS) else {}
    groups_alike = [group for group in alike() if system.startswith(CONDITIONS) or not titled.isdisjoint(group)]
    vocabulary = Vocabulary(titled.union(word for key in means for word in key), groups_alike)
    held: dict[str, set[str]] = defaultdict(set)
    for line in every:
        row = rows[line.entry]
        if not row.suffix:
            for word in line.core:
                held[word].add(row.value[:3])
    weights = vocabulary.weights(held, len({row.value[:3] for row in rows}))
    totals = [sum(weights[vocabulary.place[word]] for word in line.core) for line in every]
    order = sorted(
        range(len(every)),
        key=lambda at: (not rows[every[at].entry].billable, totals[at] + every[at].penalty, every[at].entry, at),
    )
    ordered = [every[at] for at in order]
    sections = {
        "line_entry": array("I", (line.entry for line in ordered)).tobytes(),
        "line_penalty": bytes(min(255, round(line.penalty * WEIGHT)) for line in ordered),
        "line_total": array("I", (round(totals[at] * WEIGHT) for at in order)).tobytes(),
        **_words_of_lines(ordered, vocabulary),
        **_sets_of_words(ordered, vocabulary),
        **_context(rows, groups, ordered, vocabulary),
        **vocabulary_sections(vocabulary, weights, means, titled),
        **typo_sections(vocabulary.names),
    }
    return sections, sum(1 for line in ordered if rows[line.entry].billable)


class _Slim(msgspec.Struct, frozen=True, gc=False):
    """A line as it is kept while all are: its words are shared, and a tuple is a fifth of a set."""

    entry: int
    spoken: tuple[str, ...]
    aside: tuple[str, ...]
    core: tuple[str, ...]
    penalty: float
    own: bool


def _slim(every: Iterable[Line]) -> Iterator[_Slim]:
    words: dict[str, str] = {}
    known = words.setdefault
    for entry, title, penalty, own in every:
        spoken, aside, core = (tuple([known(word, word) for word in those]) for those in title)
        yield _Slim(entry, spoken, aside, core, penalty, own)


def _words_of_lines(ordered: list[_Slim], vocabulary: Vocabulary) -> dict[str, bytes]:
    """The words of each line: first those that count, then those that cost nothing."""
    offsets, cores, place = array("I", [0]), array("I"), vocabulary.place
    held = array(place_kind(len(vocabulary.names)))
    for line in ordered:
        core = line.core
        held.extend([place[word] for word in line.spoken if word in core])
        cores.append(len(held))
        held.extend([place[word] for word in line.spoken if word not in core and word not in SMALL])
        held.extend([place[word] for word in line.aside])
        offsets.append(len(held))
    return {"line_words_at": offsets.tobytes(), "line_core_end": cores.tobytes(), "line_words": held.tobytes()}


def _sets_of_words(ordered: list[_Slim], vocabulary: Vocabulary) -> dict[str, bytes]:
    holds: dict[str, array[int]] = {word: array("I") for word in vocabulary.names}
    begins: dict[str, list[str]] = defaultdict(list)
    for number, line in enumerate(ordered):
        for word in line.spoken:
            if word not in SMALL:
                holds[word].append(number)
        for word in line.aside:
            holds[word].append(number)
    for word in holds:
        for length in range(1, min(STARTS, len(word)) + 1):
            begins[word[:length]].append(word)
    starts = sorted(begins)
    # One set at a time: all of them hold each line once for each letter of its words.
    joined = (array("I", sorted(set().union(*(holds[word] for word in begins[start])))) for start in starts)
    return {
        "words": "\n".join(vocabulary.names).encode(),
        **_postings("words", [holds[word] for word in vocabulary.names], len(ordered)),
        "starts_with": "\n".join(starts).encode(),
        **_postings("starts_with", joined, len(ordered)),
    }


def _context(
    rows: list[Row], groups: Iterable[Group], ordered: list[_Slim], vocabulary: Vocabulary
) -> dict[str, bytes]:
    """What stands above each code, as concepts: a code below "Malaria" is found by that word though it has it not."""
    inherited = _inherited(rows, _group_words(groups))
    numbers: dict[frozenset[str], int] = {}
    concepts: list[tuple[int, ...]] = []
    of_row = array("I")
    for words in inherited:
        number = numbers.setdefault(words, len(numbers))
        if number == len(concepts):
            known = {vocabulary.concept[vocabulary.place[word]] for word in words if word in vocabulary.place}
            concepts.append(tuple(sorted(known)))
        of_row.append(number)
    offsets, flat = array("I", [0]), array("I")
    for each in concepts:
        flat.extend(each)
        offsets.append(len(flat))
    holds: list[array[int]] = [array("I") for _ in range(vocabulary.concepts)]
    for number, line in enumerate(ordered):
        if line.own:
            for concept in concepts[of_row[line.entry]]:
                holds[concept].append(number)
    return {
        "context_of": of_row.tobytes(),
        "context_at": offsets.tobytes(),
        "context_concepts": flat.tobytes(),
        **_postings("contexts", holds, len(ordered)),
    }


def _inherited(rows: list[Row], of_group: Mapping[str, frozenset[str]]) -> list[frozenset[str]]:
    """The words that stand above each row."""
    place = {row.value: number for number, row in enumerate(rows)}
    heads = {row.parent for row in rows}
    below: dict[str | None, frozenset[str]] = {}  # words that what stands under a row inherits
    inherited: list[frozenset[str]] = []
    for row in rows:
        above = below[row.parent] if row.parent is not None else of_group.get(row.group or "", frozenset())
        if row.suffix and row.parent is not None:
            above = inherited[place[row.parent]]
        inherited.append(above)
        if row.value in heads:
            own = title_words(row.display).core
            for further in row.titles:
                own |= title_words(further).core
            below[row.value] = above | own
    return inherited


def _group_words(groups: Iterable[Group]) -> dict[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for group in groups:
        own = title_words(group.display).core - SMALL - OPEN
        found[group.id] = own | found.get(group.parent or "", frozenset())
    return found


def _postings(name: str, holds: Iterable[array[int]], count: int) -> Mapping[str, bytes]:
    """For each place how many lines there are, and where they stand in ``<name>_sets``."""
    counts, places, sets, at = array("I"), array("I"), bytearray(), 0
    for numbers in holds:
        data = bit_set(numbers, count) if len(numbers) >= FREQUENT else numbers.tobytes()
        counts.append(len(numbers))
        places.append(at)
        sets += data
        at += len(data)
    return {f"{name}_count": counts.tobytes(), f"{name}_at": places.tobytes(), f"{name}_sets": bytes(sets)}


def bit_set(numbers: Iterable[int], count: int) -> bytes:
    """A bit a line, little-endian, padded to whole 32-bit words so that lists between bit sets stay aligned."""
    bits = bytearray((count + 31) // 32 * 4)
    for number in numbers:
        bits[number >> 3] |= 1 << (number & 7)
    return bytes(bits)
