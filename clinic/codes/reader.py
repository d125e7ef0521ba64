"""An opened release: one code by hash, codes by their beginning, notes up the tree, search."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import OrderedDict
from datetime import date
from functools import cached_property
from pathlib import Path

import msgspec

from clinic.codes.columns import BILLABLE, GROUP, SUFFIX, slot_of
from clinic.codes.crossnotes import CrossNotes
from clinic.codes.layout import Mapped
from clinic.codes.release import Entry, Group, Hit, Note, Release, State, keyed, shown
from clinic.codes.search import LONGEST, Index

_CODE_LIKE = re.compile(r"[A-Z0-9-]*[0-9][A-Z0-9-]*")
_KEPT = 20_000
_KEPT_ENTRIES = 4_000
_NotesOf = tuple[tuple[str, tuple[str, ...]], ...]
_FactsOf = tuple[tuple[str, str], ...]


class ReleaseFile:
    """Reads one release file; many threads may share it.

    Raises:
        Refused: the file is damaged or of another format.
    """

    def __init__(self, opened: Path | Mapped) -> None:
        self._file = file = opened if isinstance(opened, Mapped) else Mapped(opened)
        self.path = file.path
        self.release = msgspec.convert(file.header.meta["release"], Release)
        self.key: str | None = file.header.meta["key"]
        self._keys, size = file.place("keys")
        self._flags = file.column("flags", "B")
        self._slots = file.column("slots")
        self._mask = len(self._slots) - 1
        self._width = size // len(self._flags)
        self._parents = file.column("parents")
        self._text_at = file.column("text_at")
        self._texts, _ = file.place("texts")
        self._starts = file.column("starts")
        self._ends = file.column("ends")
        self._known: dict[str, State] = {}
        self._entries: OrderedDict[str, Entry] = OrderedDict()

    def __len__(self) -> int:
        return len(self._flags)

    @cached_property
    def _index(self) -> Index:
        return Index(self._file)

    @cached_property
    def cross(self) -> CrossNotes:
        """What the notes say between codes."""
        return CrossNotes(self)

    @cached_property
    def groups(self) -> list[Group]:
        """Chapters and blocks."""
        return msgspec.json.decode(self._file.bytes("groups"), type=list[Group])

    def intact(self) -> bool:
        """Whether the file is as it was written (reads all of it)."""
        return self._file.intact()

    def find(self, value: str) -> int | None:
        """The place of a code, exactly as claims carry it; None where the release has none."""
        if len(value) > self._width or not value.isascii():
            return None
        width, keys, data, mask = self._width, self._keys, self._file.map, self._mask
        key = value.encode().ljust(width, b"\0")
        slot = slot_of(key, mask)
        while number := self._slots[slot]:
            at = keys + (number - 1) * width
            if data[at : at + width] == key:
                return number - 1
            slot = (slot + 1) & mask
        return None

    def state(self, value: str, on: date) -> State:
        """Billable, header or unknown on a day. The answers for codes that keep their state all through are kept."""
        known = self._known.get(value)
        if known is not None:
            return known
        at = self.find(value)
        if at is None:
            return "unknown"
        state: State = "billable" if self._flags[at] & BILLABLE else "header"
        if len(self._starts):
            first, last = self._starts[at], self._ends[at]
            return "unknown" if on.toordinal() < first or (last and on.toordinal() > last) else state
        if len(self._known) < _KEPT:
            self._known[value] = state
        return state

    def lookup(self, value: str) -> Entry | None:
        """One code with all that is known of it. The last few thousand asked are kept."""
        entry = self._entries.get(value)
        if entry is None:
            at = self.find(value)
            if at is None:
                return None
            entry = self.entry(at)
            self._entries[value] = entry
            if len(self._entries) > _KEPT_ENTRIES:
                self._entries.popitem(last=False)
        return entry

    def entry(self, at: int) -> Entry:
        """The code at a place."""
        release = self.release
        parents, groups = self._above(at)
        start, end = release.start, release.end
        if len(self._starts):
            first, last = self._starts[at], self._ends[at]
            start = date.fromordinal(first) if first else start
            end = date.fromordinal(last) if last else end
        data, keys, width = self._file.map, self._keys, self._width
        value, *above = [
            data[keys + place * width : keys + place * width + width].rstrip(b"\0").decode() for place in (at, *parents)
        ]
        return Entry(
            system=release.system,
            value=value,
            display=self._display(at),
            billable=self._flags[at] & BILLABLE == BILLABLE,
            start=start,
            end=end,
            parents=tuple(above),
            groups=groups,
            facts=self._facts_at(at),
        )

    def below(self, value: str) -> list[Entry]:
        """A code or header and all that stands below it, by code; empty for an unknown one."""
        at = self.find(value)
        if at is None:
            return []
        end = at + 1
        while end < len(self) and self._key(end).startswith(value):
            end += 1
        return [self.entry(place) for place in range(at, end)]

    def search(self, text: str, limit: int) -> list[Hit]:
        """Codes for what is being typed: the beginning of a code if one begins so, else words in any order."""
        if limit < 1:
            return []
        return self.begun(text, limit) or [self._hit(at, score) for at, score in self._index.find(text, limit)]

    def begun(self, text: str, limit: int) -> list[Hit]:
        """Codes that begin with what is being typed; none where it is no beginning of a code."""
        return [self._hit(at, score) for at, score in self._by_code(text, limit)]

    def hit(self, value: str, score: float) -> Hit | None:
        """A code as a search would give it; None for an unknown one."""
        at = self.find(value)
        return None if at is None else self._hit(at, score)

    def notes(self, value: str) -> list[Note]:
        """What is said at a code and at everything above it, nearest first; empty for an unknown code."""
        at = self.find(value)
        if at is None:
            return []
        parents, groups = self._above(at)
        said = [(self._key(place), self._notes_at(place)) for place in (at, *parents)]
        by_id = {group.id: group.notes for group in self.groups}
        said += [(group, by_id[group]) for group in groups]
        return [Note(owner=owner, kind=kind, lines=lines) for owner, notes in said for kind, lines in notes]

    def value(self, at: int) -> str:
        """The code at a place, as claims carry it."""
        return self._key(at)

    def display(self, at: int) -> str:
        """The title of the code at a place."""
        return self._display(at)

    def heading(self, at: int) -> int | str | None:
        """What stands right above the code at a place: a code's place, the id of a block or chapter, or nothing."""
        above = self._parents[at]
        if not above:
            return None
        return self.groups[above ^ GROUP].id if above & GROUP else above - 1

    def own_notes(self, at: int) -> _NotesOf:
        """What is said at the code at a place alone: kind and lines, in the file's order."""
        return self._notes_at(at)

    def _by_code(self, text: str, limit: int) -> list[tuple[int, float]]:
        """Codes that begin with ``text``: that very code first, then billable ones, then headers."""
        start = keyed(self.release.system, text[:LONGEST])
        if len(start) < 2 or not _CODE_LIKE.fullmatch(start):
            return []
        first, end = self._position(start), self._position(f"{start}\x7f")
        exact = [first] if first < end and self._key(first) == start else []
        rest = range(first + len(exact), end)
        chosen = exact + [at for at in rest if self._flags[at] & BILLABLE][: limit - len(exact)]
        chosen += [at for at in rest if not self._flags[at] & BILLABLE][: limit - len(chosen)]
        return [(at, round(len(start) / len(self._key(at)), 4)) for at in chosen]

    def _position(self, start: str) -> int:
        """The first place whose code is not before ``start``."""
        return bisect_left(range(len(self)), start, key=self._key)

    def _hit(self, at: int, score: float) -> Hit:
        value, system = self._key(at), self.release.system
        return Hit(
            system=system,
            code=shown(system, value),
            value=value,
            display=self._display(at),
            billable=bool(self._flags[at] & BILLABLE),
            score=score,
        )

    def _key(self, at: int) -> str:
        start = self._keys + at * self._width
        return self._file.map[start : start + self._width].rstrip(b"\0").decode()

    def _display(self, at: int) -> str:
        base, offsets, data = self._texts, self._text_at, self._file.map
        own = data[base + offsets[at] : base + offsets[at + 1]].decode()
        return f"{self._display(self._parents[at] - 1)}, {own}" if self._flags[at] & SUFFIX else own

    def _above(self, at: int) -> tuple[list[int], tuple[str, ...]]:
        """The places of the codes above, and the ids of the groups above those; nearest first."""
        parents: list[int] = []
        above = self._parents[at]
        while above and not above & GROUP:
            parents.append(above - 1)
            above = self._parents[above - 1]
        return parents, self._lineages[above ^ GROUP] if above else ()

    @cached_property
    def _lineages(self) -> list[tuple[str, ...]]:
        """For each group: its own id and those above."""
        lineage: dict[str | None, tuple[str, ...]] = {None: ()}
        for group in self.groups:
            lineage[group.id] = (group.id, *lineage[group.parent])
        return [lineage[group.id] for group in self.groups]

    def _notes_at(self, at: int) -> _NotesOf:
        data = self._kept_at("note", at)
        return msgspec.json.decode(data, type=_NotesOf) if data else ()

    def _facts_at(self, at: int) -> _FactsOf:
        data = self._kept_at("fact", at)
        return msgspec.json.decode(data, type=_FactsOf) if data else ()

    def _kept_at(self, what: str, at: int) -> bytes:
        """The notes or facts of the code at a place, as they are kept; empty where there are none."""
        owners = self._file.column(f"{what}_of")
        number = bisect_left(owners, at)
        if number == len(owners) or owners[number] != at:
            return b""
        base, _ = self._file.place(f"{what}s")
        offsets = self._file.column(f"{what}_at")
        return self._file.map[base + offsets[number] : base + offsets[number + 1]]
