"""Making the terms that notes are read for: from titles and inclusion terms, and from the tables of words.

What is made is a handful of sections, each a column of numbers or a run of texts: ``lexicon.Lexicon`` reads them where
they lie, so that a file of them costs memory once a machine.
"""

from __future__ import annotations

import re
import zlib
from array import array
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple, Protocol

from billing.coding.suggest.lexicon import (
    BILLABLE,
    DEFAULT,
    ELSEWHERE,
    MOST_WORDS,
    OFFICIAL,
    OTHER,
    SHORT,
    SIDE_AT,
    SIDES,
    WHOLE,
    key_of,
)
from billing.coding.suggest.plain import AMBIGUOUS, PLAIN, PLAIN_TOGETHER
from billing.coding.suggest.title import Side, TitleParts, cut_words, parts, term_words

_EXCLUDING = frozenset({"without", "not"})

_NEVER = re.compile(r"[VWXY][0-9]|Z67")
"""External causes are told by how it happened, not named in a note; a blood type is no reason for care."""

_VISIT = re.compile(r"Z0[2-9]|Z4|Z69|Z7[0-6]")

_PERINATAL = re.compile(r"[PQO]|Z3[7-9]")
"""Chapters whose titles in one word mean something else in other patients."""

_TABLES = ("title", "en", "fr", "name")
"""In the order in which they are asked for a key, one language at a time."""


class Title(NamedTuple):
    """One code of the classification, as a lexicon is made from it; those above come first."""

    value: str
    display: str
    billable: bool
    parent: str | None = None
    names: tuple[str, ...] = ()
    """Inclusion terms."""
    suffix: bool = False
    """Whether it is made of its parent and a seventh character."""


class TermRow(Protocol):
    """One row of the tables of words (``clinic.codes.words_tables.WordRow``)."""

    @property
    def term(self) -> str: ...
    @property
    def language(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def codes(self) -> tuple[str, ...]: ...
    @property
    def means(self) -> str | None: ...


class _Node:
    """A code on its way into the sections."""

    __slots__ = (
        "at",
        "billable",
        "children",
        "core",
        "default",
        "display",
        "elsewhere",
        "need",
        "other",
        "parent",
        "sevenths",
        "side",
        "value",
    )  # fmt: skip

    def __init__(self, at: int, title: Title, parent: _Node | None, split: TitleParts) -> None:
        self.at = at
        self.value = title.value
        self.display = title.display
        self.billable = title.billable
        self.parent = parent
        self.children: list[_Node] = []
        self.need = split.need
        self.core = split.core
        self.side: Side = split.side
        self.default = split.default
        self.other = split.other
        self.elsewhere = "classified elsewhere" in title.display
        self.sevenths = ""


class _Term(NamedTuple):
    """What a key leads to in one table."""

    nodes: tuple[int, ...]
    words: frozenset[str]
    whole: bool
    short: bool = False
    official: bool = False


_Keys = dict[tuple[str, bool], list[_Node]]


def compiled(titles: Iterable[Title], rows: Iterable[TermRow]) -> dict[str, bytes]:
    """The sections of a lexicon. Making them takes seconds."""
    making = _Making(titles)
    for row in rows:
        making.row(row)
    return _sections(making)


class _Making:
    """Terms by their words, in any order."""

    def __init__(self, titles: Iterable[Title]) -> None:
        self.nodes: dict[str, _Node] = {}
        self.tables: dict[str, dict[str, _Term]] = {name: {} for name in _TABLES}
        own: _Keys = defaultdict(list)
        others: _Keys = defaultdict(list)
        for title in titles:
            self._take(title, own, others)
        for keys, table in ((own, "title"), (others, "name")):
            for (key, whole), nodes in keys.items():
                found = tuple(dict.fromkeys(node.at for node in nodes))
                self.tables[table].setdefault(key, _Term(found, frozenset(), whole, official=True))
        for node in self.nodes.values():
            _same_part(node)

    def row(self, row: TermRow) -> None:
        """Take a row of the tables of words."""
        # A drug in a note says what is taken, not what for; "no x" is for the cues to read.
        words = term_words(row.term)
        means = term_words(row.means) if row.means else frozenset()
        nodes = tuple(node for node in map(self._node, row.codes) if node is not None)
        if (
            not words
            or len(words) > MOST_WORDS
            or not (nodes or means)
            or row.term.startswith("no ")
            or row.kind == "drug"
        ):
            return
        key = " ".join(sorted(words))
        if nodes and (
            key in PLAIN_TOGETHER
            or (len(words) == 1 and _says_nothing(key, nodes[0].value))
            or _of_visit(words, nodes[0].value)
        ):
            return
        short = row.kind == "abbreviation" and len(row.term) <= 4
        whole = bool((words | means) & _EXCLUDING)
        found = tuple(node.at for node in nodes)
        self.tables[row.language].setdefault(key, _Term(found, means, whole=whole, short=short))

    def _node(self, code: str) -> _Node | None:
        value = code.replace(".", "")
        found = self.nodes.get(value)
        return self.nodes.get(value[:6].rstrip("X")) if found is None and len(value) == 7 else found

    def _take(self, title: Title, own: _Keys, others: _Keys) -> None:
        parent = self.nodes.get(title.parent) if title.parent else None
        if title.suffix and parent is not None:
            parent.sevenths += title.value[-1]
            return
        if _NEVER.match(title.value):
            return
        above = parent.core if parent else frozenset()
        split = parts(title.display, above, injury=title.value[0] in "ST")
        node = _Node(len(self.nodes), title, parent, split)
        self.nodes[title.value] = node
        if parent is not None:
            parent.children.append(node)
        if not node.other:
            _key(title.display, node, own, others)
            if _good(node.core, title.value):
                others[" ".join(sorted(node.core)), False].append(node)
        for name in title.names:
            _key(name, node, others, others)


def _key(name: str, node: _Node, keys: _Keys, cut: _Keys) -> None:
    """Put a title or other name of a code among the keys, and without what it excludes among ``cut``."""
    full = term_words(name)
    whole = bool(full & _EXCLUDING)
    if _good(full, node.value):
        keys[" ".join(sorted(full)), whole].append(node)
    if whole:
        less = cut_words(name)
        if _good(less, node.value):
            cut[" ".join(sorted(less)), False].append(node)


def _good(words: frozenset[str], value: str) -> bool:
    """Whether words name a condition by themselves."""
    if len(words) != 1:
        return 0 < len(words) <= MOST_WORDS
    word = next(iter(words))
    plain = word in PLAIN or word.isdigit() or len(word) < 4
    return not (plain or value[0] == "Z" or _PERINATAL.match(value))


def _says_nothing(word: str, value: str) -> bool:
    """Whether a word of the tables for search, by itself in a note, is no condition: "follow-up", "lungs"."""
    return word in PLAIN or word in AMBIGUOUS or len(word) < 2 or value[0] == "Z"


def _of_visit(words: frozenset[str], value: str) -> bool:
    """Whether a row for search leads to a code for the kind of visit: a note holds such words in passing ("f/u")."""
    if value.startswith(("Z11", "Z12", "Z13")):
        return words.isdisjoint({"screen", "screening", "depistage"})
    return bool(_VISIT.match(value))


def _same_part(node: _Node) -> None:
    """Where the codes under one differ by side alone, the part named with the side is understood.

    "Dry eye syndrome of right lacrimal gland" needs no lacrimal gland in the note; "right index finger" needs the
    finger, since others stand beside it.
    """
    sided = [child for child in node.children if child.side]
    parts_named = {child.core - node.core for child in sided if child.side != "open"}
    if len(parts_named) == 1 and all(child.core > node.core for child in sided):
        for child in sided:
            child.core, child.need = node.core, node.need


class _Runs:
    """Runs of numbers, each kept once; number 0 is the empty one."""

    def __init__(self) -> None:
        self._known: dict[tuple[int, ...], int] = {(): 0}

    def number(self, run: Sequence[int]) -> int:
        """The number of a run."""
        return self._known.setdefault(tuple(run), len(self._known))

    def sections(self, name: str, kind: str) -> dict[str, bytes]:
        """The runs one behind the other, and where each begins."""
        flat = array(kind, (each for run in self._known for each in run))
        return {name: flat.tobytes(), f"{name}_at": _offsets(self._known)}


def _sections(making: _Making) -> dict[str, bytes]:
    nodes = list(making.nodes.values())
    keys = sorted({key for table in making.tables.values() for key in table})
    used = {word for node in nodes for word in (*node.need, *node.core)} | {
        word for key in keys for word in key.split()
    }
    used |= {word for table in making.tables.values() for term in table.values() for word in term.words}
    words = sorted(used)
    number = {word: at for at, word in enumerate(words)}
    sets, lists = _Runs(), _Runs()

    def set_of(each: Iterable[str]) -> int:
        return sets.number([number[word] for word in each])

    sevenths = sorted({node.sevenths for node in nodes})
    terms = [term for table in making.tables.values() for term in table.values()]
    place = {id(term): at for at, term in enumerate(terms, 1)}
    of_key = [[place.get(id(making.tables[name].get(key)), 0) for name in _TABLES] for key in keys]
    key_bytes = [key_of(sorted(number[word] for word in key.split())) for key in keys]
    columns = {
        "flags": bytes(map(_flags, nodes)),
        "parents": array("I", (node.parent.at + 1 if node.parent else 0 for node in nodes)).tobytes(),
        "children": array("I", (lists.number([child.at for child in node.children]) for node in nodes)).tobytes(),
        "needs": array("I", (set_of(node.need) for node in nodes)).tobytes(),
        "cores": array("I", (set_of(sorted(node.core)) for node in nodes)).tobytes(),
        "seventh": bytes(sevenths.index(node.sevenths) for node in nodes),
        "terms": array("I", (each for row in of_key for each in row)).tobytes(),
        "term_nodes": array("I", (0, *(lists.number(term.nodes) for term in terms))).tobytes(),
        "term_words": array("I", (0, *(set_of(sorted(term.words)) for term in terms))).tobytes(),
        "term_flags": bytes((0, *map(_term_flags, terms))),
        "slots": _slots(key_bytes),
    }
    return {
        **columns,
        **_texts("values", [node.value for node in nodes]),
        **_texts("displays", [node.display for node in nodes]),
        **_texts("words", words),
        **_texts("sevenths", sevenths),
        "keys": b"".join(key_bytes),
        "keys_at": _offsets(key_bytes),
        "by_value": array("I", sorted(range(len(nodes)), key=lambda at: nodes[at].value)).tobytes(),
        **sets.sections("sets", "H"),
        **lists.sections("lists", "I"),
    }


def _flags(node: _Node) -> int:
    found = BILLABLE * node.billable | DEFAULT * node.default | OTHER * node.other | ELSEWHERE * node.elsewhere
    return found | SIDES.index(node.side) << SIDE_AT


def _term_flags(term: _Term) -> int:
    return WHOLE * term.whole | SHORT * term.short | OFFICIAL * term.official


def _texts(name: str, texts: Sequence[str]) -> dict[str, bytes]:
    encoded = [text.encode() for text in texts]
    return {name: b"".join(encoded), f"{name}_at": _offsets(encoded)}


def _offsets(runs: Iterable[Sequence[int]]) -> bytes:
    found = array("I", (0,))
    for run in runs:
        found.append(found[-1] + len(run))
    return found.tobytes()


def _slots(keys: Sequence[bytes]) -> bytes:
    """A hash table over the keys: each slot the number of a key counted from 1, half of them free."""
    mask = (1 << max(len(keys) * 2, 1).bit_length()) - 1
    slots = array("I", bytes(4 * (mask + 1)))
    for number, key in enumerate(keys, 1):
        slot = zlib.crc32(key) & mask
        while slots[slot]:
            slot = (slot + 1) & mask
        slots[slot] = number
    return slots.tobytes()
