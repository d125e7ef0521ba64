"""The ICD-10-CM tabular list: the XML that CDC and CMS publish, to rows.

Layout: ICD10CM.tabular / chapter / section / diag, diag in diag. Each of the three may hold notes; a diag's rule for
seventh characters is in sevenChrDef. B20, F99, P84, R99 and Z66 are a block and a code of one name.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping

import msgspec

from clinic.codes.release import Contents, Group, Row
from clinic.codes.seventh import Exceptions, exceptions, extended
from clinic.codes.strict_xml import StrictReader
from clinic.domain.refusal import Refused
from clinic.domain.words import N_

ROOT = "ICD10CM.tabular"
KINDS = frozenset(
    {
        "includes", "inclusionTerm", "excludes1", "excludes2", "codeFirst", "useAdditionalCode", "codeAlso", "notes",
        "sevenChrNote",
    }
)  # fmt: skip
"""The elements kept as notes, under their own names."""

TITLES = frozenset({"includes", "inclusionTerm"})
"""Those whose lines are further names of the code."""

_CODE = re.compile(r"[A-Z][0-9A-Z]{2}(?:\.[0-9A-Z]{1,4})?")
_INSIDE = {"chapter": (None,), "section": ("chapter",), "diag": ("section", "diag")}
_OFFICIAL = N_("Take the tabular XML file as CDC or CMS publishes it.")


class Tabular(msgspec.Struct, frozen=True):
    """What one tabular XML file holds."""

    version: str
    """The fiscal year, as the file says it: ``2026``."""
    contents: Contents


class _Node(msgspec.Struct):
    """A chapter, section or diag while it is read."""

    tag: str
    line: int
    name: str = ""
    display: str = ""
    notes: list[tuple[str, tuple[str, ...]]] = []
    seventh: dict[str, str] = {}
    children: list[_Node] = []


def read_tabular(data: bytes, where: str) -> Tabular:
    """Rows and groups of a tabular XML file.

    Raises:
        Refused: not well-formed, cut off, not a tabular list, or a code in it is impossible or doubled; ``where``
            (the file's name) and the line are named.
    """
    reader = _Reader(where)
    for _size in reader.pieces(io.BytesIO(data)):
        pass
    if not any(row.billable for row in reader.rows):
        raise Refused(N_("no code was found in this file."), where=where, remedy=_OFFICIAL)
    return Tabular(reader.version, Contents(tuple(reader.rows), tuple(reader.groups)))


class _Reader(StrictReader):
    """Takes the parser's events; one category at a time is in memory as a tree."""

    remedy = _OFFICIAL

    def __init__(self, where: str) -> None:
        super().__init__(where)
        self.rows: list[Row] = []
        self.groups: list[Group] = []
        self.version = ""
        self._path: list[str] = []
        self._nodes: list[_Node] = []
        self._lines: list[str] = []
        self._text: list[str] = []
        self._extension = ""
        self._seen: set[str] = set()
        self._seen_groups: set[str] = set()

    def characters(self, text: str) -> None:
        """Text stands there."""
        self._text.append(text)

    def start(self, tag: str, at: dict[str, str]) -> None:
        """An element begins."""
        line = self.line
        if not self._path and tag != ROOT:
            raise self.refusal(N_("this is no ICD-10-CM tabular list: it starts with <%(tag)s>."), line, tag=tag)
        self._path.append(tag)
        self._text.clear()
        if tag in _INSIDE:
            if (self._nodes[-1].tag if self._nodes else None) not in _INSIDE[tag]:
                raise self.refusal(N_("<%(tag)s> stands where it cannot."), line, tag=tag)
            self._open(_Node(tag, line, at.get("id", "")))
        elif tag in KINDS:
            self._lines = []
        elif tag == "extension":
            self._extension = at.get("char", "")
            if not re.fullmatch(r"[0-9A-Z]", self._extension):
                raise self.refusal(
                    N_("a seventh character is one letter or digit, not “%(char)s”."), line, char=self._extension
                )

    def _open(self, node: _Node) -> None:
        if node.tag == "diag":
            self._nodes[-1].children.append(node)
        # Chapters and sections are told of at their first child or their end, whichever comes first.
        self._close_heads()
        self._nodes.append(node)

    def end(self, tag: str) -> None:
        """An element ends."""
        self._path.pop()
        text = " ".join("".join(self._text).split())
        self._text.clear()
        inside = self._path[-1] if self._path else ""
        if tag == "version" and inside == ROOT:
            self.version = text
        if not self._nodes:
            return
        node = self._nodes[-1]
        if tag == "name" and inside == node.tag and tag != node.tag:
            node.name = text
        elif tag == "desc" and inside == node.tag:
            node.display = text
        elif tag == "note" and inside in KINDS:
            self._lines.append(text)
        elif tag in KINDS and inside == node.tag:
            node.notes.append((tag, tuple(self._lines)))
        elif tag == "extension":
            node.seventh[self._extension] = text
        elif tag in _INSIDE:
            self._close_heads()
            self._nodes.pop()
            if tag == "diag" and inside == "section":
                self._category(node, self._nodes[-1].name)

    def _close_heads(self) -> None:
        """Tell of the chapter and section that are open, once each."""
        above: str | None = None
        for node in self._nodes:
            if node.tag == "diag":
                return
            name = node.name
            if not name or not node.display:
                raise self.refusal(N_("a <%(tag)s> has no name or no title."), node.line, tag=node.tag)
            if name not in self._seen_groups:
                self._seen_groups.add(name)
                self.groups.append(Group(name, node.display, above, tuple(node.notes)))
            above = name

    def _category(self, node: _Node, section: str) -> None:
        self.rows.extend(self._walk(node, None, section, {}, frozenset()))

    def _walk(
        self, node: _Node, parent: str | None, group: str | None, seventh: Mapping[str, str], without: Exceptions
    ) -> Iterator[Row]:
        """The rows of a diag and of all below it; seventh characters come from the nearest rule above."""
        value = self._value(node, parent)
        seventh = node.seventh or seventh
        if parent is None:
            without = exceptions(value, (line for kind, lines in node.notes if kind == "notes" for line in lines))
        below = [] if node.children or len(value) > 6 else extended(value, seventh, without)
        yield Row(
            value=value,
            display=node.display,
            billable=not node.children and not below,
            parent=parent,
            group=group,
            titles=tuple(line for kind, lines in node.notes if kind in TITLES for line in lines),
            notes=tuple(node.notes),
        )
        for code, text in below:
            if not text:
                raise self.refusal(N_("a seventh character of %(code)s has no meaning."), node.line, code=node.name)
            yield Row(value=self._new(code, node), display=text, billable=True, parent=value, suffix=True)
        for child in node.children:
            yield from self._walk(child, value, None, seventh, without)

    def _value(self, node: _Node, parent: str | None) -> str:
        """The code without its dot, checked against the one above it."""
        if not _CODE.fullmatch(node.name):
            raise self.refusal(N_("“%(code)s” is no ICD-10-CM code."), node.line, code=node.name)
        if not node.display:
            raise self.refusal(N_("%(code)s has no title."), node.line, code=node.name)
        value = node.name.replace(".", "")
        if (len(value) != 3) if parent is None else (len(value) <= len(parent) or not value.startswith(parent)):
            raise self.refusal(N_("%(code)s stands under a code it does not belong to."), node.line, code=node.name)
        return self._new(value, node)

    def _new(self, value: str, node: _Node) -> str:
        if value in self._seen:
            raise self.refusal(N_("%(code)s is in the file twice."), node.line, code=value)
        self._seen.add(value)
        return value
