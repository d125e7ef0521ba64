"""What happened to a patient, as values: the bodies of the facts, and the patient that their fold gives (law 2).

A fact about two patients is told to both: a merge, its undoing, a visit that was moved.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import msgspec
from msgspec.structs import replace

from clinic.domain.particulars import Particulars
from clinic.domain.policies import Policy
from clinic.domain.value import Value, as_json


class Entered(Value, frozen=True, kw_only=True):
    """``patient.entered`` version 1. ``unlike`` are the look-alikes that were shown and said to be others."""

    chart_number: str
    particulars: Particulars
    unlike: tuple[int, ...] = ()


class Corrected(Value, frozen=True, kw_only=True):
    """``patient.corrected`` version 1."""

    before: Particulars
    after: Particulars


class Unlike(Value, frozen=True, kw_only=True):
    """``patient.unlike`` version 1: somebody said that the other is another person."""

    other_id: int


class Merged(Value, frozen=True, kw_only=True):
    """``patient.merged`` and ``patient.unmerged`` version 1.

    ``into_id`` stands where the patient was merged into the other (or is no longer), ``from_id`` where the other
    was merged into this one.
    """

    into_id: int | None = None
    from_id: int | None = None


class CoverageAdded(Value, frozen=True, kw_only=True):
    """``coverage.added`` version 1."""

    coverage_id: int
    policy: Policy


class CoverageChanged(Value, frozen=True, kw_only=True):
    """``coverage.changed`` and ``coverage.ended`` version 1."""

    coverage_id: int
    before: Policy
    after: Policy


class VisitMoved(Value, frozen=True, kw_only=True):
    """``visit.moved`` version 1, told to the visit and to both patients."""

    visit_id: int
    from_patient_id: int
    to_patient_id: int


class ChangedByImport(Value, frozen=True, kw_only=True):
    """``patient.changed_by_import`` version 1: the columns a source changed."""

    before: dict[str, Any]
    after: dict[str, Any]


BODIES: dict[tuple[str, int], type[Value]] = {
    ("patient.entered", 1): Entered,
    ("patient.corrected", 1): Corrected,
    ("patient.changed_by_import", 1): ChangedByImport,
    ("patient.unlike", 1): Unlike,
    ("patient.merged", 1): Merged,
    ("patient.unmerged", 1): Merged,
    ("coverage.added", 1): CoverageAdded,
    ("coverage.changed", 1): CoverageChanged,
    ("coverage.ended", 1): CoverageChanged,
    ("visit.moved", 1): VisitMoved,
}
"""Every body ever written. A shape is never changed: a new version stands beside it."""


class Standing(Value, frozen=True, kw_only=True):
    """A patient as the facts leave them. Without ``particulars`` the patient came by an import, which keeps its own."""

    chart_number: str | None = None
    particulars: Particulars | None = None
    merged_into_id: int | None = None
    policies: tuple[tuple[int, Policy], ...] = ()
    unlike: tuple[int, ...] = ()


def body_of(type_: str, version: int, body: dict[str, Any]) -> Value:
    """A kept body as the value it was.

    Raises:
        KeyError: a fact this release has never written.
    """
    return msgspec.convert(body, BODIES[type_, version], strict=True)


def fold(bodies: Iterable[tuple[str, Value]]) -> Standing:
    """The patient that the facts make, in the order of their sequence."""
    standing = Standing()
    for type_, body in bodies:
        standing = after(standing, type_, body)
    return standing


def after(standing: Standing, type_: str, body: Value) -> Standing:  # noqa: PLR0911  a table
    """The patient with one more fact."""
    match body:
        case Entered():
            return replace(standing, chart_number=body.chart_number, particulars=body.particulars, unlike=body.unlike)
        case Corrected():
            return replace(standing, particulars=body.after)
        case ChangedByImport():
            if standing.particulars is None:
                return standing
            known = {name: value for name, value in body.after.items() if name in Particulars.__struct_fields__}
            kept = as_json(standing.particulars) | known
            return replace(standing, particulars=msgspec.convert(kept, Particulars, strict=True))
        case Unlike():
            return replace(standing, unlike=(*standing.unlike, body.other_id))
        case Merged() if body.into_id is not None:
            return replace(standing, merged_into_id=body.into_id if type_ == "patient.merged" else None)
        case CoverageAdded():
            return replace(standing, policies=(*standing.policies, (body.coverage_id, body.policy)))
        case CoverageChanged():
            policies = {**dict(standing.policies), body.coverage_id: body.after}
            return replace(standing, policies=tuple(policies.items()))
        case _:
            return standing


def survivor(patient_id: int, into: Mapping[int, int | None]) -> int:
    """The patient that stands for this one after all merges. ``into`` says for each merged one into whom."""
    seen = {patient_id}
    while (following := into.get(patient_id)) is not None and following not in seen:
        seen.add(following)
        patient_id = following
    return patient_id
