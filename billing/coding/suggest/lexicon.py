"""The terms that notes are read for: titles and inclusion terms of the classification, and the tables of words.

Built once from a release; frozen after that, so that threads may share it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from typing import Any, NamedTuple, Protocol

from billing.coding.suggest.plain import AMBIGUOUS, PLAIN, PLAIN_TOGETHER
from billing.coding.suggest.title import Side, TitleParts, cut_words, parts, term_words

MOST_WORDS = 9
"""Words of the longest term looked for."""

_EXCLUDING = frozenset({"without", "not"})

_NEVER = re.compile(r"[VWXY][0-9]|Z67")
"""External causes are told by how it happened, not named in a note; a blood type is no reason for care."""

_VISIT = re.compile(r"Z0[2-9]|Z4|Z69|Z7[0-6]")

_PERINATAL = re.compile(r"[PQO]|Z3[7-9]")
"""Chapters whose titles in one word mean something else in other patients."""

_Keys = dict[tuple[str, bool], list["Node"]]


class Title(NamedTuple):
    """One code of the classification, as a lexicon is built from it; those above come first."""

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


class Node:
    """A code while notes are read."""

    __slots__ = (
        "billable",
        "children",
        "core",
        "default",
        "display",
        "need",
        "other",
        "parent",
        "sevenths",
        "side",
        "value",
    )

    def __init__(self, title: Title, parent: Node | None, split: TitleParts) -> None:
        self.value = title.value
        self.display = title.display
        self.billable = title.billable
        self.parent = parent
        self.children: list[Node] = []
        self.need = split.need
        """Words that a note must hold for this code."""
        self.core = split.core
        self.side: Side = split.side
        self.default = split.default
        """Whether it is the one where nothing more is said."""
        self.other = split.other
        self.sevenths = ""


class Term(NamedTuple):
    """What a run of words names: codes, best first."""

    nodes: tuple[Node, ...]
    words: frozenset[str]
    """Further words that the term stands for."""
    whole: bool
    """Whether it is a title with its "without": then no code outside of these is looked for."""
    short: bool = False
    """An abbreviation: counts only where it is typed as one."""
    official: bool = False


class Lexicon:
    """Terms by their words, in any order."""

    def __init__(self, system: str, titles: Iterable[Title], rows: Iterable[TermRow]) -> None:
        self.system = system
        self.nodes: dict[str, Node] = {}
        self._titles: dict[str, Term] = {}
        self._names: dict[str, Term] = {}
        self._rows: dict[str, dict[str, Term]] = {"en": {}, "fr": {}}
        own: _Keys = defaultdict(list)
        same: dict[Any, Any] = {}
        others: _Keys = defaultdict(list)
        for title in titles:
            self._take(title, own, others, same)
        for keys, table in ((own, self._titles), (others, self._names)):
            for (key, whole), nodes in keys.items():
                table.setdefault(key, Term(tuple(dict.fromkeys(nodes)), frozenset(), whole, official=True))
        for node in self.nodes.values():
            _same_part(node)
        for row in rows:
            self._row(row)

    def node(self, code: str) -> Node | None:
        """A code, with its dot or without; one with a seventh character is found at what stands before it."""
        value = code.replace(".", "")
        found = self.nodes.get(value)
        if found is None and len(value) == 7:
            found = self.nodes.get(value[:6].rstrip("X"))
        return found

    def term(self, words: Iterable[str], language: str) -> Term | None:
        """What these words name together, in any order: a title first, then the tables of words, then other names."""
        key = " ".join(sorted(words))
        found = self._titles.get(key)
        if found is None:
            found = self._rows[language].get(key)
        return found if found is not None and found.nodes else self._names.get(key)

    def meant(self, word: str, language: str) -> frozenset[str]:
        """Words of the classification that one word of a note stands for: "mod" is moderate."""
        found = self._rows[language].get(word)
        return found.words if found is not None and not found.nodes else frozenset()

    def _take(self, title: Title, own: _Keys, others: _Keys, same: dict[Any, Any]) -> None:
        parent = self.nodes.get(title.parent) if title.parent else None
        if title.suffix and parent is not None:
            parent.sevenths += title.value[-1]
            return
        if _NEVER.match(title.value):
            return
        above = parent.core if parent else frozenset()
        split = parts(title.display, above, injury=title.value[0] in "ST")
        # Codes beside each other ask for the same words: one set in memory serves them all.
        split = split._replace(
            core=same.setdefault(split.core, split.core), need=same.setdefault(split.need, split.need)
        )
        node = Node(title, parent, split)
        self.nodes[title.value] = node
        if parent is not None:
            parent.children.append(node)
        if not node.other:
            _key(title.display, node, own, others)
            if _good(node.core, title.value):
                others[" ".join(sorted(node.core)), False].append(node)
        for name in title.names:
            _key(name, node, others, others)

    def _row(self, row: TermRow) -> None:
        # A drug in a note says what is taken, not what for; "no x" is for the cues to read.
        words = term_words(row.term)
        means = term_words(row.means) if row.means else frozenset()
        nodes = tuple(node for node in map(self.node, row.codes) if node is not None)
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
        self._rows[row.language].setdefault(
            key, Term(nodes, means, whole=bool((words | means) & _EXCLUDING), short=short)
        )


def _key(name: str, node: Node, keys: _Keys, cut: _Keys) -> None:
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


def _same_part(node: Node) -> None:
    """Where the codes under one differ by side alone, the part named with the side is understood.

    "Dry eye syndrome of right lacrimal gland" needs no lacrimal gland in the note; "right index finger" needs the
    finger, since others stand beside it.
    """
    sided = [child for child in node.children if child.side]
    parts_named = {child.core - node.core for child in sided if child.side != "open"}
    if len(parts_named) == 1 and all(child.core > node.core for child in sided):
        for child in sided:
            child.core, child.need = node.core, node.need
