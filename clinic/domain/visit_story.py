"""What happened to a visit, as values: the bodies of its facts, and the visit that their fold gives (law 2)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

import msgspec
from msgspec.structs import replace

from clinic.domain.patient_story import VisitMoved
from clinic.domain.value import Value


class VisitEntered(Value, frozen=True, kw_only=True):
    """``visit.entered`` version 1."""

    patient_id: int
    location_id: int
    on: date
    department: str
    provider_id: int | None = None
    reason: str | None = None


class NoteWritten(Value, frozen=True, kw_only=True):
    """``visit.note_written`` version 1. The note itself is never changed, so its words are not told twice."""

    note_id: int
    section: str


class ProblemAdded(Value, frozen=True, kw_only=True):
    """``visit.problem_added`` version 1."""

    problem_id: int
    words: str
    system: str | None = None
    code: str | None = None
    onset: date | None = None


class ProblemWithdrawn(Value, frozen=True, kw_only=True):
    """``visit.problem_withdrawn`` version 1: it was entered in error."""

    problem_id: int


class ActAdded(Value, frozen=True, kw_only=True):
    """``visit.act_added`` version 1."""

    act_id: int
    words: str
    quantity: Decimal
    system: str | None = None
    code: str | None = None


BODIES: dict[tuple[str, int], type[Value]] = {
    ("visit.entered", 1): VisitEntered,
    ("visit.moved", 1): VisitMoved,
    ("visit.note_written", 1): NoteWritten,
    ("visit.problem_added", 1): ProblemAdded,
    ("visit.problem_withdrawn", 1): ProblemWithdrawn,
    ("visit.act_added", 1): ActAdded,
}
"""Every body ever written. A shape is never changed: a new version stands beside it."""


class VisitStanding(Value, frozen=True, kw_only=True):
    """A visit as its facts leave it. Of one that came by an import ``visit`` is None: only what was done here shows."""

    visit: VisitEntered | None = None
    patient_id: int | None = None
    notes: tuple[int, ...] = ()
    problems: tuple[ProblemAdded, ...] = ()
    withdrawn: tuple[int, ...] = ()
    acts: tuple[ActAdded, ...] = ()


def body_of(type_: str, version: int, body: dict[str, Any]) -> Value:
    """A kept body as the value it was.

    Raises:
        KeyError: a fact this release has never written.
    """
    return msgspec.convert(body, BODIES[type_, version], strict=True)


def fold(bodies: Iterable[Value]) -> VisitStanding:
    """The visit that the facts make, in the order of their sequence."""
    standing = VisitStanding()
    for body in bodies:
        standing = after(standing, body)
    return standing


def after(standing: VisitStanding, body: Value) -> VisitStanding:  # noqa: PLR0911  a table
    """The visit with one more fact."""
    match body:
        case VisitEntered():
            return replace(standing, visit=body, patient_id=body.patient_id)
        case VisitMoved():
            return replace(standing, patient_id=body.to_patient_id)
        case NoteWritten():
            return replace(standing, notes=(*standing.notes, body.note_id))
        case ProblemAdded():
            return replace(standing, problems=(*standing.problems, body))
        case ProblemWithdrawn():
            return replace(standing, withdrawn=(*standing.withdrawn, body.problem_id))
        case ActAdded():
            return replace(standing, acts=(*standing.acts, body))
        case _:
            return standing
