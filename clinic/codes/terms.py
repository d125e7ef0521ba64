"""A file of index terms: in the index's own order, each with what it leads to.

Sections: ``nodes`` (a JSON list a term), ``node_at`` (where each starts, and the end), ``parents`` (1 + the place of
the term above), ``targets`` (1 + the place of the term its ``see`` names), and those of search (``ways``).
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import accumulate
from typing import NamedTuple

import msgspec

from clinic.codes.alphabetic import IndexFile
from clinic.codes.kind import Sections
from clinic.codes.layout import Mapped
from clinic.codes.tokens import words
from clinic.codes.ways import Ways, way_sections, ways_of

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
    kept = [
        _Kept(
            node.title,
            node.aside,
            {**({0: node.code} if node.code else {}), **node.cells},
            node.manif,
            node.see,
            node.see_also,
        )
        for node in index.nodes
    ]
    parts = [msgspec.json.encode(each) for each in kept]
    parents, targets = ([getattr(node, name) for node in index.nodes] for name in ("parent", "target"))
    terms = _terms(kept.__getitem__, parents, targets, index.heads)
    sections = {
        "nodes": b"".join(parts),
        "node_at": array("I", accumulate(map(len, parts), initial=0)).tobytes(),
        "parents": array("I", parents).tobytes(),
        "targets": array("I", targets).tobytes(),
        **way_sections((term.code, f"{term.words} {term.column}") for term in terms),
    }
    return Sections(SHAPE, sections, len(index.nodes), {"heads": {str(at): head for at, head in index.heads.items()}})


def _terms(
    kept_at: Callable[[int], _Kept], parents: Sequence[int], targets: Sequence[int], heads: Mapping[int, str]
) -> Iterator[Term]:
    paths: list[str] = []
    for at, above in enumerate(parents):
        kept = kept_at(at)
        path = f"{paths[above - 1]}, {kept.title}" if above else kept.title
        paths.append(path)
        leads, followed = (kept, False) if kept.codes else (_led(kept_at, targets, at), True)
        if leads is None:
            continue
        for column, text in leads.codes.items():
            yield _term(path, kept.aside, heads.get(column, ""), text, followed)
        if leads.manif:
            yield _term(path, kept.aside, heads.get(0, ""), leads.manif, followed)


def _term(path: str, aside: str, column: str, text: str, followed: bool) -> Term:
    code = text.split(maxsplit=1)[0]
    return Term(path, code.rstrip("-").replace(".", "").upper(), column, aside, not code.endswith("-"), followed)


def _led(kept_at: Callable[[int], _Kept], targets: Sequence[int], at: int) -> _Kept | None:
    """The term with codes that a chain of ``see`` leads to."""
    target = targets[at]
    for _ in range(_MOST_STEPS):
        if not target:
            return None
        kept = kept_at(target - 1)
        if kept.codes:
            return kept
        target = targets[target - 1]
    return None


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
        return _terms(self._kept, self._parents, self._targets, self.heads)

    @cached_property
    def ways(self) -> Ways | None:
        """Search over the terms; None where the file was made without it."""
        return ways_of(self._file)

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
        led = None if kept.codes else _led(self._kept, self._targets, at)
        return Line(
            ", ".join(reversed(path)), depth, kept.aside, led.codes if led else kept.codes, kept.see, kept.see_also
        )

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
