"""What the notes of ICD-10-CM say of the diagnoses of a claim together: excluded, in the wrong order, missing, sides.

It depends on the diagnoses alone, so it is worked out once for each set of them and remembered (``RuleTables``).
Of excludes2 nothing is kept: such codes may stand together (Official Guidelines, section I.A.12.b).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple, Protocol

from clinic.domain.code import ICD10CM, Code

WEEKS = "Z3A"
"""Weeks of gestation. Its own note asks for a code of pregnancy; an edit of its own says so with more."""


class NoteRule(Protocol):
    """One note of the tabular list."""

    @property
    def kind(self) -> str:
        """``excludes1``, ``codeFirst``, ``useAdditionalCode`` or ``codeAlso``."""

    @property
    def owner(self) -> str:
        """The code, block or chapter it stands at."""

    @property
    def text(self) -> str:
        """Its words."""

    @property
    def demand(self) -> Literal["", "listed", "any"]:
        """Whether another code has to be there: one that the note lists, or any; empty where it depends."""


class NoteRelation(Protocol):
    """A note that bears on some diagnoses together."""

    @property
    def at(self) -> int:
        """The place of the diagnosis that has the note."""

    @property
    def rule(self) -> NoteRule:
        """The note."""

    @property
    def others(self) -> tuple[int, ...]:
        """The places of those it names."""


class NoteTold(Protocol):
    """What the words of a code say of it."""

    @property
    def side(self) -> Literal["", "right", "left", "both", "unspecified"]:
        """Which side of the body."""

    @property
    def trimester(self) -> int:
        """1 to 3; 0 where none is named."""

    @property
    def vague(self) -> str | None:
        """Of a code that says no more than its heading: that heading."""


class NoteTable(Protocol):
    """The notes of a release."""

    def among(self, codes: tuple[str, ...]) -> Sequence[NoteRelation]:
        """The notes that bear on codes that stand together."""

    def told(self, code: str) -> NoteTold:
        """What the words of a code say of it."""

    def both(self, code: str, place: int) -> str | None:
        """The code for both sides that is written as this one but for the character at a place."""


class Excluded(NamedTuple):
    """Two diagnoses of which one is excluded by the other."""

    at: int
    """The one that has the note."""
    other: int
    rule: NoteRule
    how: Literal["together", "symptom", "sides"]
    """Whether one of them is a symptom, or they are of different sides of the body."""


class Demanded(NamedTuple):
    """A diagnosis and the note by which another one is missing, or stands in the wrong place."""

    at: int
    rule: NoteRule
    how: Literal["missing", "alone", "order"]
    """None that is listed is there; it stands first and none is listed; one is there, on the wrong side of it."""
    other: int | None = None


class Sided(NamedTuple):
    """Two diagnoses that differ in nothing but the side of the body."""

    at: int
    other: int
    how: Literal["apart", "twice", "untold"]
    """Right and left where one code says both; both and one of them; one without a side."""
    both: str | None = None
    """The code that says both."""


class Noted(NamedTuple):
    """All that is said; places are those of the diagnoses."""

    excluded: tuple[Excluded, ...]
    first: tuple[Demanded, ...]
    """Of notes that say what stands first."""
    added: tuple[Demanded, ...]
    """Of notes that say what is added behind."""
    also: tuple[Demanded, ...]
    """Of notes that say what is coded also, in any order."""
    before: tuple[tuple[int, tuple[int, ...]], ...]
    """Diagnoses with those that stand before them by a note, for the order of pointers."""
    sides: tuple[Sided, ...]
    vague: tuple[tuple[int, int], ...]
    """Unspecified ones, each with one that says more under the same heading."""
    told: tuple[NoteTold, ...]
    """What each says of itself; empty where no side and no trimester is named."""
    untold: bool = False
    """One leaves out the side it could name."""


def note(table: NoteTable, diagnoses: tuple[Code, ...]) -> Noted | None:
    """What a table says of the diagnoses of a claim; None where it says nothing."""
    values = tuple([code.value if code.system == ICD10CM else "" for code in diagnoses])
    told = tuple([table.told(value) for value in values])
    relations = [each for each in table.among(values) if each.rule.owner != WEEKS]
    first = [each for each in relations if each.rule.kind == "codeFirst"]
    found = Noted(
        excluded=tuple(_excluded(values, told, relations)),
        first=tuple(_first(first)),
        added=tuple(_added(relations, first)),
        also=tuple(
            [Demanded(each.at, each.rule, "missing") for each in relations if _misses(each, "codeAlso")],
        ),
        before=tuple([(each.at, each.others) for each in first if each.others]),
        sides=tuple(_sides(table, values, told)),
        vague=tuple(_vague(values, told)),
        told=told if any(each.side not in {"", "unspecified"} or each.trimester for each in told) else (),
    )
    if any(each.side == "unspecified" for each in told):
        found = found._replace(told=told, untold=True)
    return found if any(found) else None


def _excluded(values: Sequence[str], told: Sequence[NoteTold], relations: Sequence[NoteRelation]) -> Iterator[Excluded]:
    """Each pair once, by the nearest note of the first that has one."""
    seen: set[tuple[int, int]] = set()
    for each in relations:
        if each.rule.kind != "excludes1":
            continue
        for other in each.others:
            pair = (min(each.at, other), max(each.at, other))
            if pair in seen:
                continue
            seen.add(pair)
            how: Literal["together", "symptom", "sides"] = "together"
            if (values[pair[0]][:1] == "R") != (values[pair[1]][:1] == "R"):
                how = "symptom"
            elif {told[pair[0]].side, told[pair[1]].side} == {"right", "left"}:
                how = "sides"
            yield Excluded(each.at, other, each.rule, how)


def _first(relations: Sequence[NoteRelation]) -> Iterator[Demanded]:
    for each in relations:
        if each.others:
            if min(each.others) > each.at:
                yield Demanded(each.at, each.rule, "order", each.others[0])
        elif each.rule.demand == "listed":
            yield Demanded(each.at, each.rule, "missing")
        elif each.rule.demand and each.at == 0:
            yield Demanded(each.at, each.rule, "alone")


def _added(relations: Sequence[NoteRelation], first: Sequence[NoteRelation]) -> Iterator[Demanded]:
    for each in relations:
        if _misses(each, "useAdditionalCode"):
            yield Demanded(each.at, each.rule, "missing")
        elif each.rule.kind == "useAdditionalCode" and each.rule.demand and max(each.others) < each.at:
            # Where the other one's own note says the same, that one is told.
            known = any(other.at in each.others and each.at in other.others for other in first)
            if not known:
                yield Demanded(each.at, each.rule, "order", each.others[0])


def _misses(relation: NoteRelation, kind: str) -> bool:
    return relation.rule.kind == kind and bool(relation.rule.demand) and not relation.others


def _sides(table: NoteTable, values: Sequence[str], told: Sequence[NoteTold]) -> Iterator[Sided]:
    if sum(1 for each in told if each.side) < 2:
        return
    for at, value in enumerate(values):
        for other in range(at + 1, len(values)):
            sides = {told[at].side, told[other].side}
            if len(sides) != 2 or "" in sides:
                continue
            place = _differing(value, values[other])
            if place is None:
                continue
            if sides == {"right", "left"}:
                both = table.both(value, place)
                if both is not None and both not in values:
                    yield Sided(at, other, "apart", both)
            elif "unspecified" in sides:
                one, two = (at, other) if told[at].side == "unspecified" else (other, at)
                yield Sided(one, two, "untold")
            else:
                one, two = (at, other) if told[at].side != "both" else (other, at)
                yield Sided(one, two, "twice", values[two])


def _differing(one: str, other: str) -> int | None:
    """The only place in which two codes differ, behind the category; None where there is none or several."""
    if len(one) != len(other) or one[:3] != other[:3]:
        return None
    places = [place for place in range(3, len(one)) if one[place] != other[place]]
    return places[0] if len(places) == 1 else None


def _vague(values: Sequence[str], told: Sequence[NoteTold]) -> Iterator[tuple[int, int]]:
    """Not of injuries and reasons for contact: several of these under one heading are nothing strange."""
    for at, each in enumerate(told):
        heading = each.vague
        if heading is None or heading[0] in "STVWXYZ":
            continue
        for other, value in enumerate(values):
            if value != values[at] and value.startswith(heading) and told[other].vague is None:
                yield at, other
                break


NOT_NOTED = Noted((), (), (), (), (), (), (), ())
