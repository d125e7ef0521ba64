"""The Alphabetic Index of ICD-10-CM and its tables, from the XML that CDC and CMS publish.

Layout: ICD10CM.index / letter / mainTerm{title, nemod, code, manif, see, seeAlso, term[@level]}, term in term. The
Table of Drugs and the Table of Neoplasms have cells by column, whose heads stand in indexHeading; ``--`` is none, and a
hyphen at a code's end says that it needs more characters.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from clinic.codes.source_file import SourceFile
from clinic.codes.strict_xml import StrictReader
from clinic.codes.tokens import fold
from clinic.domain.words import N_

ROOT = "ICD10CM.index"
_REMEDY = N_("Take the index XML file as CDC or CMS publishes it.")
_DEEPEST = 20
_TEXTS = frozenset({"code", "manif", "see", "seeAlso"})
_BRACKETS = re.compile(r"\([^()]*\)")
_SPACES = re.compile(r"\s+")
_NO_NAME = re.compile(r"\b(?:nec|nos)\b|[#*†◊]")
"""What stands at a term and is no part of its name."""


class Node(msgspec.Struct):
    """One term of an index: its words without those above it, what it leads to, where it stands."""

    title: str
    parent: int
    """1 + the place of the term above, 0 at the top."""
    line: int = 0
    aside: str = ""
    """Nonessential modifiers, in their brackets."""
    code: str = ""
    manif: str = ""
    """The manifestation, coded second."""
    see: str = ""
    see_also: str = ""
    cells: dict[int, str] = {}
    """By column; cells that say none are not kept."""
    target: int = 0
    """1 + the place of the term that ``see`` names, 0 where it names none of this file."""


class IndexFile(msgspec.Struct, frozen=True):
    """What one index file holds."""

    version: str
    title: str
    heads: dict[int, str]
    nodes: list[Node]


def read_index(file: SourceFile) -> IndexFile:
    """The terms of an index file, in its order, with ``see`` followed.

    Raises:
        Refused: not well-formed, cut off, no index, or a term without words; with the line.
    """
    reader = _Reader(file.name)
    with file.open() as stream:
        for size in reader.pieces(stream):
            file.source.count(0, size)
    if not reader.nodes:
        raise reader.refusal(N_("no term was found in this file."), 1)
    for node in reader.nodes:
        if not node.title:
            raise reader.refusal(N_("a term has no words."), node.line)
    _follow(reader.nodes)
    return IndexFile(reader.version, reader.title, reader.heads, reader.nodes)


class _Reader(StrictReader):
    """Takes the parser's events."""

    remedy = _REMEDY

    def __init__(self, where: str) -> None:
        super().__init__(where)
        self.version = self.title = ""
        self.heads: dict[int, str] = {}
        self.nodes: list[Node] = []
        self._path: list[str] = []
        self._open: list[int] = []
        self._text: list[str] = []
        self._aside: list[str] = []
        self._column = 0

    def start(self, tag: str, at: dict[str, str]) -> None:
        """An element begins."""
        line = self.line
        if not self._path and tag != ROOT:
            raise self.refusal(N_("this is no ICD-10-CM index: it starts with <%(tag)s>."), line, tag=tag)
        if tag in {"mainTerm", "term"}:
            if (tag == "term") is not bool(self._open) or len(self._open) > _DEEPEST:
                raise self.refusal(N_("<%(tag)s> stands where it cannot."), line, tag=tag)
            self.nodes.append(Node("", self._open[-1] + 1 if self._open else 0, line))
            self._open.append(len(self.nodes) - 1)
        elif tag in {"cell", "head"}:
            column = at.get("col", "")
            if not re.fullmatch(r"[1-9]", column):
                raise self.refusal(N_("a column is a figure from 1 to 9, not “%(column)s”."), line, column=column[:9])
            self._column = int(column)
        if tag == "nemod":
            self._aside = []
        else:
            self._text = []
        self._path.append(tag)

    def characters(self, text: str) -> None:
        """Text stands there."""
        (self._aside if self._path[-1] == "nemod" else self._text).append(text)

    def end(self, tag: str) -> None:
        """An element ends."""
        self._path.pop()
        inside = self._path[-1] if self._path else ""
        text = _plain("".join(self._text))
        if tag == "version" and inside == ROOT:
            self.version = text
        elif tag == "title" and inside == ROOT:
            self.title = text
        elif tag == "head":
            self.heads[self._column] = text
        elif tag in {"mainTerm", "term"}:
            self._open.pop()
        elif self._open and (inside in {"mainTerm", "term"} or tag == "nemod"):
            self._told(self.nodes[self._open[-1]], tag, text)

    def _told(self, node: Node, tag: str, text: str) -> None:
        if tag == "title":
            node.title = text
        elif tag == "nemod":
            node.aside = _plain(f"{node.aside} {''.join(self._aside)}")
        elif tag == "cell":
            if text.strip("-"):
                node.cells = {**node.cells, self._column: text}
        elif tag in _TEXTS:
            setattr(node, "see_also" if tag == "seeAlso" else tag, text)


def _plain(text: str) -> str:
    return _SPACES.sub(" ", text).strip()


def _follow(nodes: Sequence[Node]) -> None:
    """Find the term that each ``see`` names: "Neoplasm, abdomen, wall" is three terms, one below the other."""
    below: dict[tuple[int, str], int] = {}
    for place, node in enumerate(nodes):
        for name in _names(node.title):
            below.setdefault((node.parent, name), place + 1)
    for node in nodes:
        if node.see:
            node.target = _found(below, [_name(part) for part in node.see.split(",")])


def _names(title: str) -> list[str]:
    """The names a term answers to: all of its words, and each of those apart by commas ("abdomen, abdominal")."""
    whole = _name(title)
    return [whole, *(part for part in map(_name, title.split(",")) if part != whole)]


def _name(text: str) -> str:
    return _plain(_NO_NAME.sub("", _BRACKETS.sub("", fold(text)))).strip(" -")


def _found(below: dict[tuple[int, str], int], parts: list[str]) -> int:
    """The term at the end of the parts; where a term's own words hold a comma, several parts are one step."""
    at, here = 0, 0
    while at < len(parts):
        for end in range(len(parts), at, -1):
            step = below.get((here, ", ".join(parts[at:end])))
            if step is not None:
                here, at = step, end
                break
        else:
            return 0
    return here
