"""What the notes of ICD-10-CM say between codes: which exclude each other, which stands first, which is added.

A note holds for the code it stands at and for all below it, so each code has those of its whole ancestry. They lie in
the release file, mapped and shared by all workers, and are read into references when a code is first asked for:
nothing is built, so that a release made by an earlier version answers too. A list without notes answers nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Literal, NamedTuple

from clinic.codes.references import Reference, read_references

if TYPE_CHECKING:  # the reader makes one of these
    from clinic.codes.reader import ReleaseFile
    from clinic.codes.release import Group

Demand = Literal["", "listed", "any"]
Side = Literal["", "right", "left", "both", "unspecified"]

_KEPT = 20_000
"""Of how many codes, notes and sets of codes the answer is remembered: bounded for foreign files."""

_PERHAPS = re.compile(r"\b(?:if|when|where|any|may|complicating|due to|following|manifestations?)\b", re.IGNORECASE)
"""A note with such a word asks for another code in some cases only."""

_OPEN = re.compile(r"\bsuch as\b|\bor other\b|- see ", re.IGNORECASE)
_FIRST = re.compile(
    r"(?:the )?(?:underlying|associated|condition resulting|type of|infection|neoplasm|malignant)\b", re.IGNORECASE
)
_ADDED = re.compile(r"\bidentify (?:the |specific )?(?:stage|type|site|severity|joint)\b", re.IGNORECASE)
_ALSO = re.compile(r"^(?:the )?(?:associated|type of)\b", re.IGNORECASE)
_BIND = frozenset({"excludes1", "codeFirst"})
"""Kinds that bear on two codes that are both there."""

_EXTERNAL = frozenset("VWXY")
_SIDES = re.compile(r"\b(right|left|bilateral|both)\b", re.IGNORECASE)
_NO_SIDE = re.compile(r"\b(?:heart|ventric\w*|atri\w*|bundle|dominant|nondominant)\b", re.IGNORECASE)
"""Where these words stand, right and left are parts of an organ or a habit, not the side that is treated."""
_TRIMESTERS = (("first trimester", 1), ("second trimester", 2), ("third trimester", 3))
_VAGUE = re.compile(r"unspecified\b.*|.*, unspecified", re.IGNORECASE)


class Rule(NamedTuple):
    """One note, read."""

    kind: str
    """``excludes1``, ``excludes2``, ``codeFirst``, ``useAdditionalCode`` or ``codeAlso``."""
    owner: str
    """The code, block or chapter it stands at."""
    text: str
    references: tuple[Reference, ...]
    demand: Demand = ""
    """Whether another code has to be there wherever this one is: one that is listed, or any; empty where it depends."""


class Relation(NamedTuple):
    """A note that bears on some codes together; places are those of the codes."""

    at: int
    """The code that has the note."""
    rule: Rule
    others: tuple[int, ...]
    """Those it names that are there."""


class Told(NamedTuple):
    """What the words of a code say of it."""

    side: Side = ""
    trimester: int = 0
    """0 where none is named."""
    vague: str | None = None
    """Of a code that says no more than its heading does: that heading."""


_SAYS_NOTHING = Told()
_Rules = tuple[tuple[Rule, ...], dict[str, tuple[tuple[Reference, int], ...]]]
"""Rules, and where the codes they name begin with a letter: each reference with the place of its rule."""

_NO_RULES: _Rules = ((), {})


class CrossNotes:
    """Answers from the notes of one release; threads may share it."""

    def __init__(self, file: ReleaseFile) -> None:
        self._file = file
        self._places: dict[int, _Rules] = {}
        self._groups: dict[str, _Rules] = {}
        self._told: dict[str, Told] = {}
        self._among: dict[tuple[str, ...], tuple[Relation, ...]] = {}

    def rules(self, code: str) -> tuple[Rule, ...]:
        """The notes of a code and of everything above it, nearest first."""
        return self._of(code)[0]

    def among(self, codes: tuple[str, ...]) -> tuple[Relation, ...]:
        """The notes that bear on codes that stand together, by the places of the codes.

        Those by which one is excluded by another or comes after it, and those that demand one. Of excludes2 there is
        nothing to say: the guidelines let such codes stand together (I.A.12.b).
        """
        found = self._among.get(codes)
        if found is None:
            found = self._look(codes)
            if len(self._among) >= _KEPT:
                self._among.clear()
            self._among[codes] = found
        return found

    def told(self, code: str) -> Told:
        """What the words of a code say of it; nothing of an unknown one."""
        found = self._told.get(code)
        if found is None:
            if len(self._told) >= _KEPT:
                self._told.clear()
            found = self._told[code] = self._tell(code)
        return found

    def both(self, code: str, place: int) -> str | None:
        """The code for both sides that is written as this one but for the character at a place."""
        for character in "3B012456789ACDE":
            other = code[:place] + character + code[place + 1 :]
            if other != code and self.told(other).side == "both":
                return other
        return None

    def _look(self, codes: tuple[str, ...]) -> tuple[Relation, ...]:
        found = []
        for at, code in enumerate(codes):
            rules, by_letter = self._of(code)
            if not rules:
                continue
            named: dict[int, list[int]] = {}
            for place, other in enumerate(codes):
                if other == code:
                    continue
                for reference, number in by_letter.get(other[:1], ()):
                    # A note of a block may name codes of the block itself; to these it says nothing of their like.
                    if reference.matches(other) and not reference.matches(code):
                        places = named.setdefault(number, [])
                        if place not in places:
                            places.append(place)
            found += [
                Relation(at, rule, tuple(named.get(number, ())))
                for number, rule in enumerate(rules)
                if rule.demand or (number in named and rule.kind in _BIND)
            ]
        return tuple(found)

    def _of(self, code: str) -> _Rules:
        place = self._file.find(code)
        return _NO_RULES if place is None else self._at(place)

    def _at(self, place: int) -> _Rules:
        """The rules of the code at a place: its own, and those of what stands above it, which are the same for many."""
        found = self._places.get(place)
        if found is None:
            above = self._file.heading(place)
            upper = _NO_RULES if above is None else self._at(above) if isinstance(above, int) else self._under(above)
            found = _with(self._file.value(place), self._file.own_notes(place), upper)
            if len(self._places) >= _KEPT:
                self._places.clear()
            self._places[place] = found
        return found

    def _under(self, group: str) -> _Rules:
        """The rules of a block or chapter and of those above it."""
        found = self._groups.get(group)
        if found is None:
            said = self._by_id[group]
            upper = _NO_RULES if said.parent is None else self._under(said.parent)
            found = self._groups[group] = _with(group, said.notes, upper)
        return found

    @cached_property
    def _by_id(self) -> dict[str, Group]:
        return {group.id: group for group in self._file.groups}

    def _tell(self, code: str) -> Told:
        place = self._file.find(code)
        if place is None:
            return _SAYS_NOTHING
        words = self._file.display(place)
        lower = words.lower()
        trimester = next((number for text, number in _TRIMESTERS if text in lower), 0)
        vague = self._heading(place) if _VAGUE.fullmatch(words) else None
        side = side_of(words)
        if side == "unspecified" and not self._has_sides(code):
            side = ""
        told = Told(side, trimester, vague)
        return _SAYS_NOTHING if told == _SAYS_NOTHING else told

    def _heading(self, place: int) -> str | None:
        """The heading that an unspecified code only repeats: above all that are themselves unspecified, or end in 9."""
        above = self._file.heading(place)
        while isinstance(above, int):
            code = self._file.value(above)
            if len(code) == 3 or not (code.endswith("9") or _VAGUE.fullmatch(self._file.display(above))):
                return code
            above = self._file.heading(above)
        return None

    def _has_sides(self, code: str) -> bool:
        """Whether a code has like ones that name a side.

        Those differ in the last character, or in the last that tells something before the seventh.
        """
        places = {len(code) - 1, len(code[:6].rstrip("X")) - 1}
        others = {code[:place] + character + code[place + 1 :] for place in places for character in "12"}
        found = [self._file.find(other) for other in others - {code} if len(other) > 3]
        return any(at is not None and side_of(self._file.display(at)) in {"right", "left"} for at in found)


def _with(owner: str, notes: Iterable[tuple[str, tuple[str, ...]]], upper: _Rules) -> _Rules:
    """What is said at a place and above it; the very same as above where nothing is said at the place."""
    own = [rule for kind, lines in notes for rule in read_note(owner, kind, lines)]
    if not own:
        return upper
    rules = tuple(dict.fromkeys([*own, *upper[0]]))
    letters: dict[str, list[tuple[Reference, int]]] = {}
    for number, rule in enumerate(rules):
        for reference in rule.references:
            for letter in reference.letters():
                letters.setdefault(letter, []).append((reference, number))
    return rules, {letter: tuple(each) for letter, each in letters.items()}


def read_note(owner: str, kind: str, lines: Sequence[str]) -> tuple[Rule, ...]:
    """The rules of one note: what excludes, line by line; what asks for another code, as a whole.

    Lines without a code exclude nothing that can be looked for. Notes of other kinds say nothing between codes.
    """
    if kind in {"excludes1", "excludes2"}:
        said = [(line, read_references(line)) for line in lines]
        return tuple([Rule(kind, owner, line, references) for line, references in said if references])
    if kind in {"codeFirst", "useAdditionalCode", "codeAlso"}:
        references = tuple(dict.fromkeys([each for line in lines for each in read_references(line)]))
        demand = _demand(kind, lines, references)
        text = "; ".join(lines).replace(":; ", ": ")
        return (Rule(kind, owner, text, references, demand),) if references or demand else ()
    return ()


def _demand(kind: str, lines: Sequence[str], references: tuple[Reference, ...]) -> Demand:
    """Whether a note asks for another code wherever its own code stands.

    The list says so in words alone. What is left open, or holds in some cases, is taken to ask for nothing.
    """
    text = " / ".join(lines)
    # Behind "such as:" stand examples, and whether one of them holds does not change what is asked.
    if not lines or _PERHAPS.search(lines[0] if _OPEN.search(lines[0]) else text):
        return ""
    if kind == "codeFirst":
        if not (_FIRST.match(lines[0]) or (len(lines) == 1 and references)):
            return ""
        whole = bool(references) and not _OPEN.search(text)
        return "listed" if whole else "any"
    asked = _ADDED if kind == "useAdditionalCode" else _ALSO
    closed = len(lines) == 1 and references and asked.search(text) and not _OPEN.search(text)
    return "listed" if closed and _EXTERNAL.isdisjoint([each.first[0] for each in references]) else ""


def side_of(words: str) -> Side:
    """Which side of the body a title names; of one that names both, both are meant only where it says so."""
    found = {word.lower() for word in _SIDES.findall(words)}
    if not found:
        return "unspecified" if "unspecified" in words.lower() else ""
    if _NO_SIDE.search(words) or len(found) > 1:
        return ""
    side = found.pop()
    return "right" if side == "right" else "left" if side == "left" else "both"
