"""Notes of a few lines and the codes they speak of, for the examples of edits and for tests."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Literal, NamedTuple

from billing.edits.example import EXAMPLE_FACTS, ExampleCodes
from billing.edits.facts import Facts
from billing.edits.ruled import RuleTables


class ExampleNote(NamedTuple):
    """A note of all codes that begin as its owner does; it names codes by how these begin."""

    owner: str
    kind: str
    text: str
    names: tuple[str, ...] = ()
    demand: Literal["", "listed", "any"] = ""


class ExampleRelation(NamedTuple):
    """A note that bears on some codes."""

    at: int
    rule: ExampleNote
    others: tuple[int, ...]


class ExampleTold(NamedTuple):
    """What the words of a code say."""

    side: Literal["", "right", "left", "both", "unspecified"] = ""
    trimester: int = 0
    vague: str | None = None


_NOTHING = ExampleTold()


class ExampleNotes:
    """Notes, and what codes say of themselves."""

    def __init__(self, notes: Sequence[ExampleNote], told: Mapping[str, ExampleTold]) -> None:
        self.notes = notes
        self.said = told

    def among(self, codes: tuple[str, ...]) -> Sequence[ExampleRelation]:
        """The notes that bear on codes that stand together."""
        found = []
        for at, code in enumerate(codes):
            for note in self.notes:
                if code.startswith(note.owner):
                    others = tuple([n for n, other in enumerate(codes) if n != at and other.startswith(note.names)])
                    if others or note.demand:
                        found.append(ExampleRelation(at, note, others if note.names else ()))
        return found

    def told(self, code: str) -> ExampleTold:
        """What the words of a code say of it."""
        return self.said.get(code, _NOTHING)

    def both(self, code: str, place: int) -> str | None:
        """The code for both sides."""
        for other, told in self.said.items():
            if told.side == "both" and other[:place] == code[:place] and other[place + 1 :] == code[place + 1 :]:
                return other
        return None


class _MoreCodes(ExampleCodes):
    """The example's code book with more codes."""

    def __init__(self, codes: frozenset[str]) -> None:
        self.billable = ExampleCodes.billable | codes


def holding(codes: str) -> Facts:
    """The examples' world in which these codes, apart by blanks, can be billed too."""
    return replace(EXAMPLE_FACTS, codes=_MoreCodes(frozenset(codes.split())))


def noting(codes: str, *notes: ExampleNote, **told: ExampleTold) -> Facts:
    """The same with notes, and with what some codes say of themselves."""
    return holding(codes).ruled_by(RuleTables(notes=ExampleNotes(notes, told)))
