"""A file of index terms: in the index's own order, each with what it leads to.

Sections: ``nodes`` (a JSON list a term), ``node_at`` (where each starts, and the end), ``parents`` (1 + the place of
the term above), ``targets`` (1 + the place of the term its ``see`` names).
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from functools import cached_property
from typing import NamedTuple

import msgspec

from clinic.codes.alphabetic import IndexFile
from clinic.codes.kind import Sections
from clinic.codes.layout import Mapped
from clinic.codes.tokens import words

SHAPE = "terms"
_MOST_STEPS = 4
"""A ``see`` may lead to a term that itself says see; rings are not followed for ever."""


class Term(NamedTuple):
    """A way from words to a code.

    ``code`` is as claims carry it, without its dot; where the index puts a hyphen it is a category that needs more
    characters (``whole`` is then False). ``column`` is the head of the table's column, empty for the index itself.
    """

    words: str
    """The whole path, apart by commas: "Abscess, brain, amebic"."""
    code: str
    column: str = ""
    aside: str = ""
    """Nonessential modifiers of the last term, in brackets: they may stand in the diagnosis and change nothing."""
    whole: bool = True
    followed: bool = False
    """The code stands at another term, which this one names by "see"."""


class Line(NamedTuple):
    """A term as the table shows it: its words, its codes by column as printed, and the terms it sends to."""

    words: str
    depth: int
    aside: str
    codes: dict[int, str]
    see: str
    see_also: str


class _Kept(msgspec.Struct, array_like=True):
    """A term as it is kept."""

    title: str
    aside: str
    codes: dict[int, str]
    manif: str
    see: str
    see_also: str


def term_sections(index: IndexFile) -> Sections:
    """What is written of an index. Its own codes stand in column 0."""
    parts, offsets, at = [], array("I", [0]), 0
    for node in index.nodes:
        codes = {**({0: node.code} if node.code else {}), **node.cells}
        text = msgspec.json.encode(_Kept(node.title, node.aside, codes, node.manif, node.see, node.see_also))
        parts.append(text)
        at += len(text)
        offsets.append(at)
    sections = {
        "nodes": b"".join(parts),
        "node_at": offsets.tobytes(),
        "parents": array("I", (node.parent for node in index.nodes)).tobytes(),
        "targets": array("I", (node.target for node in index.nodes)).tobytes(),
    }
    return Sections(SHAPE, sections, len(index.nodes), {"heads": {str(at): head for at, head in index.heads.items()}})


class Terms:
    """Reads a file of terms; many threads may share it."""

    def __init__(self, file: Mapped) -> None:
        self._file = file
        self._base, _ = file.place("nodes")
        self._at = file.column("node_at")
        self._parents = file.column("parents")
        self._targets = file.column("targets")
        self._decoder = msgspec.json.Decoder(_Kept)
        self.heads: dict[int, str] = {int(at): head for at, head in file.header.meta["heads"].items()}
        """The columns of a table, by number; the first is of the words. Empty for an index."""

    def __len__(self) -> int:
        return len(self._parents)

    def terms(self) -> Iterator[Term]:
        """Every way from words to a code, in the index's order; ``see`` is followed to the codes of its term."""
        paths: list[str] = []
        for at in range(len(self)):
            kept = self._kept(at)
            above = self._parents[at]
            path = f"{paths[above - 1]}, {kept.title}" if above else kept.title
            paths.append(path)
            leads, followed = (kept, False) if kept.codes else (self._led(at), True)
            if leads is None:
                continue
            for column, text in leads.codes.items():
                yield self._term(path, kept.aside, column, text, followed)
            if leads.manif:
                yield self._term(path, kept.aside, 0, leads.manif, followed)

    def _term(self, path: str, aside: str, column: int, text: str, followed: bool) -> Term:
        code = text.split(maxsplit=1)[0]
        value = code.rstrip("-").replace(".", "").upper()
        return Term(path, value, self.heads.get(column, ""), aside, not code.endswith("-"), followed)

    def lines(self, text: str, limit: int) -> list[Line]:
        """The terms in whose path every word typed begins one, in the index's order, for the table on screen."""
        asked = words(text)
        if not asked:
            return []
        found = []
        for at, path in enumerate(self._folded):
            if all(f" {word}" in path for word in asked):
                found.append(self.line(at))
                if len(found) == limit:
                    break
        return found

    def line(self, at: int) -> Line:
        """One term as the table shows it."""
        kept, depth, above = self._kept(at), 0, self._parents[at]
        path = [kept.title]
        while above:
            path.append(self._kept(above - 1).title)
            depth, above = depth + 1, self._parents[above - 1]
        led = None if kept.codes else self._led(at)
        return Line(
            ", ".join(reversed(path)), depth, kept.aside, led.codes if led else kept.codes, kept.see, kept.see_also
        )

    def _led(self, at: int) -> _Kept | None:
        """The term with codes that a chain of ``see`` leads to."""
        target = self._targets[at]
        for _ in range(_MOST_STEPS):
            if not target:
                return None
            kept = self._kept(target - 1)
            if kept.codes:
                return kept
            target = self._targets[target - 1]
        return None

    def _kept(self, at: int) -> _Kept:
        data = self._file.map[self._base + self._at[at] : self._base + self._at[at + 1]]
        return self._decoder.decode(data)

    @cached_property
    def _folded(self) -> list[str]:
        """For each term the words of its path, a space before each, as they are compared."""
        paths: list[str] = []
        for at in range(len(self)):
            kept, above = self._kept(at), self._parents[at]
            own = " " + " ".join(words(f"{kept.title} {kept.aside}"))
            paths.append(paths[above - 1] + own if above else own)
        return paths
