"""Classifications in ClaML (ISO 13120), as ATIH publishes the CIM-10 with its French extensions.

ClaML / Class{code, kind} with SuperClass, ModifiedBy, ExcludeModifier and Rubric{kind} / Label; ModifierClass{modifier,
code} with Rubric. A modifier's subdivisions hold for every class below the one that names it, unless excluded, and
make codes of their own at the classes that have nothing below them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

import msgspec

from clinic.codes.release import Contents, Group, Row
from clinic.codes.source_file import SourceFile
from clinic.codes.strict_xml import StrictReader
from clinic.domain.words import N_

_REMEDY = N_("Take the file as its publisher offers it.")
_GROUPS = frozenset({"chapter", "block"})
_TITLES = frozenset({"inclusion"})
_DEEPEST = 40


class _Class(msgspec.Struct):
    """A class or a modifier's subdivision while it is read."""

    code: str
    kind: str
    line: int
    usage: str = ""
    modifier: str = ""
    parent: str = ""
    label: str = ""
    modified_by: list[str] = []
    excluded: list[str] = []
    rubrics: list[tuple[str, str]] = []


class Claml(msgspec.Struct, frozen=True):
    """What a ClaML file holds."""

    version: str
    title: str
    contents: Contents


def read_claml(file: SourceFile) -> Claml:
    """Rows and groups of a ClaML file.

    Raises:
        Refused: not well-formed, cut off, no ClaML, or a code in it is impossible or doubled, with the line.
    """
    reader = _Reader(file.name)
    with file.open() as stream:
        for size in reader.pieces(stream):
            file.source.count(0, size)
    return Claml(reader.version, reader.title, _contents(reader))


class _Reader(StrictReader):
    """Takes the parser's events."""

    remedy = _REMEDY

    def __init__(self, where: str) -> None:
        super().__init__(where)
        self.version = self.title = ""
        self.classes: dict[str, _Class] = {}
        self.subdivisions: dict[str, list[_Class]] = defaultdict(list)
        self._open: _Class | None = None
        self._depth = 0
        self._rubric = ""
        self._text: list[str] = []
        self._in_label = False

    def start(self, tag: str, at: dict[str, str]) -> None:
        """An element begins."""
        self._depth += 1
        line = self.line
        if self._depth == 1 and tag != "ClaML":
            raise self.refusal(N_("this is no ClaML file: it starts with <%(tag)s>."), line, tag=tag)
        if tag == "Title":
            self.version, self.title = at.get("version", ""), at.get("name", "")
        elif tag == "Class":
            self._begin(_Class(at.get("code", ""), at.get("kind", ""), line, at.get("usage", "")))
        elif tag == "ModifierClass":
            self._open = _Class(at.get("code", ""), tag, line, at.get("usage", ""), at.get("modifier", ""))
            self.subdivisions[self._open.modifier].append(self._open)
        elif tag == "Modifier":
            self._open = None
        elif self._open is not None:
            self._inside(self._open, tag, at)

    def _begin(self, opened: _Class) -> None:
        if not opened.code:
            raise self.refusal(N_("a class has no code."), opened.line)
        if opened.code in self.classes:
            raise self.refusal(N_("%(code)s is in the file twice."), opened.line, code=opened.code)
        self.classes[opened.code] = self._open = opened

    def _inside(self, opened: _Class, tag: str, at: dict[str, str]) -> None:
        if tag == "SuperClass" and opened.kind != "ModifierClass":
            opened.parent = at.get("code", "")
        elif tag == "ModifiedBy":
            opened.modified_by.append(at.get("code", ""))
        elif tag == "ExcludeModifier":
            opened.excluded.append(at.get("code", ""))
        elif tag == "Rubric":
            self._rubric = at.get("kind", "")
        elif tag == "Label":
            self._in_label, self._text = True, []

    def characters(self, text: str) -> None:
        """Text stands there."""
        if self._in_label:
            self._text.append(text)

    def end(self, tag: str) -> None:
        """An element ends."""
        self._depth -= 1
        if tag in {"Fragment", "Para", "ListItem", "Cell", "Term"}:
            self._text.append(" ")
        if tag == "Label" and self._in_label and self._open is not None:
            self._in_label = False
            text = " ".join("".join(self._text).split())
            if self._rubric == "preferred" and not self._open.label:
                self._open.label = text
            elif text:
                self._open.rubrics.append((self._rubric or "note", text))
        elif tag in {"Class", "ModifierClass"}:
            self._open = None


def _contents(reader: _Reader) -> Contents:
    groups: dict[str, Group] = {}
    for each in reader.classes.values():
        if not each.label:
            raise reader.refusal(N_("%(code)s has no title."), each.line, code=each.code)
        if each.kind in _GROUPS:
            _group(reader, each, groups, 0)
    rows = _rows(reader)
    if not rows:
        raise reader.refusal(N_("no code was found in this file."), 1)
    for row in rows.values():
        if (row.parent is not None and row.parent not in rows) or (row.group is not None and row.group not in groups):
            raise reader.refusal(N_("%(code)s stands under a code it does not belong to."), 1, code=row.value)
    return Contents(tuple(rows.values()), tuple(groups.values()))


def _rows(reader: _Reader) -> dict[str, Row]:
    above = {each.parent for each in reader.classes.values()}
    rows: dict[str, Row] = {}
    made_up: list[Row] = []
    for each in reader.classes.values():
        if each.kind in _GROUPS:
            continue
        row = _row(reader, each)
        if row.value in rows:
            raise reader.refusal(N_("%(code)s is in the file twice."), each.line, code=each.code)
        made = [] if each.code in above else list(_modified(reader, each, row))
        rows[row.value] = msgspec.structs.replace(row, billable=not made and each.code not in above)
        made_up += made
    for row in made_up:
        rows.setdefault(row.value, row)  # a class written out goes before one that a modifier makes
    return rows


def _group(reader: _Reader, each: _Class, groups: dict[str, Group], depth: int) -> None:
    """A chapter or block, after the one above it."""
    if each.code in groups:
        return
    parent = reader.classes.get(each.parent)
    if depth > _DEEPEST or (parent is not None and parent.kind not in _GROUPS):
        raise reader.refusal(N_("%(code)s stands under a code it does not belong to."), each.line, code=each.code)
    if parent is not None:
        _group(reader, parent, groups, depth + 1)
    groups[each.code] = Group(each.code, each.label, parent.code if parent else None, _notes(each))


def _key(reader: _Reader, code: str, line: int) -> str:
    value = code.replace(".", "").upper()
    if not (value.isascii() and value[:1].isalpha() and 3 <= len(value) <= 10 and value.replace("+", "").isalnum()):
        raise reader.refusal(N_("“%(code)s” is no code of the CIM-10."), line, code=code[:20])
    return value


def _row(reader: _Reader, each: _Class) -> Row:
    parent = reader.classes.get(each.parent)
    display = _whole(reader, each)
    return Row(
        value=_key(reader, each.code, each.line),
        display=display,
        billable=True,
        parent=None if parent is None or parent.kind in _GROUPS else _key(reader, parent.code, parent.line),
        group=parent.code if parent is not None and parent.kind in _GROUPS else None,
        titles=tuple(text for kind, text in each.rubrics if kind in _TITLES),
        notes=_notes(each),
        facts=(("usage", each.usage),) if each.usage else (),
    )


def _whole(reader: _Reader, each: _Class) -> str:
    """The title, with that of the class above where it says only what differs: D48.6 "Sein" is a tumour's."""
    parent = reader.classes.get(each.parent)
    if parent is None or parent.kind in _GROUPS or "." not in each.code:
        return each.label
    if each.label.casefold().startswith(parent.label[:20].casefold()):
        return each.label
    return f"{parent.label}, {each.label}"


def _notes(each: _Class) -> tuple[tuple[str, tuple[str, ...]], ...]:
    by_kind: dict[str, list[str]] = {}
    for kind, text in each.rubrics:
        by_kind.setdefault(kind, []).append(text)
    return tuple((kind, tuple(lines)) for kind, lines in by_kind.items())


def _modifiers(reader: _Reader, each: _Class) -> list[str]:
    """The modifiers that hold for a class: its own and those above, without the excluded."""
    names: list[str] = []
    excluded: set[str] = set()
    seen: set[str] = set()
    here: _Class | None = each
    while here is not None and here.code not in seen:
        seen.add(here.code)
        excluded.update(here.excluded)
        names += [name for name in here.modified_by if name not in excluded and name not in names]
        here = reader.classes.get(here.parent)
    return sorted(names)


def _modified(reader: _Reader, each: _Class, row: Row) -> Iterator[Row]:
    """The codes that modifiers make: subdivisions with a dot first, then those without behind them."""
    names = _modifiers(reader, each)
    parts = [part for name in names for part in reader.subdivisions.get(name, ())]
    dotted = [part for part in parts if part.code.startswith(".")]
    plain = [part for part in parts if not part.code.startswith(".")]
    middle = [_sub(reader, row, part) for part in dotted]
    last = [(below, _sub(reader, below, part)) for below in middle or [row] for part in plain]
    headers = {below.value for below, _ in last}
    for one in middle:
        yield msgspec.structs.replace(one, billable=one.value not in headers)
    for _, one in last:
        yield one


def _sub(reader: _Reader, above: Row, part: _Class) -> Row:
    return Row(
        value=_key(reader, above.value + part.code, part.line),
        display=f"{above.display}, {part.label}" if part.label else above.display,
        billable=True,
        parent=above.value,
        notes=_notes(part),
        facts=(("usage", part.usage),) if part.usage else (),
    )
