"""A report of one ordered test from its facts (law 2): each a thing of its own, a correction a further one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any, Literal, NamedTuple

import msgspec
from msgspec.structs import replace

from clinic.domain.value import Value
from lab.domain.order_story import Report
from lab.domain.results import Measured, is_critical

Source = Literal["bench", "fhir", "hl7v2", "replay"]


class Reported(Value, frozen=True, kw_only=True):
    """``result.reported`` and ``result.corrected`` version 1; the reason of a correction stands in the fact."""

    line_id: int
    patient_id: int
    test: str
    version: int
    status: Report
    in_house: bool
    values: tuple[Measured, ...]
    performed_at: datetime
    reported_at: datetime
    source: Source
    specimen_id: int | None = None
    kit_lot_id: int | None = None
    performed_by: int | None = None
    incoming_id: int | None = None
    """The message from elsewhere it came in."""
    note: str | None = None


class Reviewed(Value, frozen=True, kw_only=True):
    """``result.reviewed`` version 1: by the fact's actor."""

    at: datetime


class CriticalTold(Value, frozen=True, kw_only=True):
    """``result.critical_told`` version 1: by the fact's actor."""

    at: datetime
    whom: str
    """``provider``, ``on_call``, ``patient``, ``caregiver``."""
    name: str
    way: str
    """``phone``, ``in_person``."""
    read_back: bool


class PatientTold(Value, frozen=True, kw_only=True):
    """``result.patient_told`` version 1: by the fact's actor."""

    at: datetime
    way: str
    words: str | None = None


class Superseded(Value, frozen=True, kw_only=True):
    """``result.superseded`` version 1: a further report stands in its place; nobody needs to be told of this one."""

    at: datetime
    version: int


BODIES: dict[tuple[str, int], type[Value]] = {
    ("result.reported", 1): Reported,
    ("result.corrected", 1): Reported,
    ("result.reviewed", 1): Reviewed,
    ("result.critical_told", 1): CriticalTold,
    ("result.patient_told", 1): PatientTold,
    ("result.superseded", 1): Superseded,
}
"""Every body ever written: the rule of ``lab.domain.events.BODIES`` holds here too."""


class Standing(Value, frozen=True, kw_only=True):
    """A report as its facts leave it."""

    report: Reported
    critical: bool
    reason: str | None = None
    told_at: datetime | None = None
    told: dict[str, Any] | None = None
    reviewed_at: datetime | None = None
    reviewed_by: int | None = None
    patient_told_at: datetime | None = None
    superseded: int | None = None


class Told(NamedTuple):
    """One fact as it is folded."""

    type: str
    body: Any
    actor_id: int | None
    reason: str | None = None


class NotNow(Exception):
    """An act that does not fit the report; ``code`` is permanent, its words are in ``WORDS`` of ``result_refusals``."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def body_of(type_: str, version: int, body: dict[str, Any]) -> Value:
    """A kept body as the value it was.

    Raises:
        KeyError: a fact this release has never written.
    """
    return msgspec.convert(body, BODIES[type_, version], strict=True)


def begin(told: Told) -> Standing:
    """A report with its first fact."""
    return Standing(report=told.body, critical=is_critical(told.body.values), reason=told.reason)


def fold(told: Sequence[Told]) -> Standing:
    """The report that the facts make, in the order of their sequence."""
    standing = begin(told[0])
    for fact in told[1:]:
        standing = after(standing, fact)
    return standing


def after(standing: Standing, told: Told) -> Standing:
    """The report with one more fact.

    Raises:
        NotNow: it does not fit what happened before.
    """
    return _AFTER[told.type](standing, told.body, told.actor_id)


def _must(fits: bool, code: str) -> None:
    if not fits:
        raise NotNow(code)


def _reviewed(was: Standing, body: Reviewed, actor_id: int | None) -> Standing:
    _must(was.superseded is None, "superseded")
    _must(was.reviewed_at is None, "reviewed")
    _must(was.report.status != "preliminary", "preliminary")
    return replace(was, reviewed_at=body.at, reviewed_by=actor_id)


def _critical_told(was: Standing, body: CriticalTold, actor_id: int | None) -> Standing:
    _must(was.superseded is None, "superseded")
    _must(was.critical, "not_critical")
    told = {
        "whom": body.whom,
        "name": body.name,
        "way": body.way,
        "read_back": body.read_back,
        "by": actor_id,
    }
    return replace(was, told_at=body.at, told=told)


def _patient_told(was: Standing, body: PatientTold, actor_id: int | None) -> Standing:
    del actor_id
    _must(was.superseded is None, "superseded")
    _must(was.report.status != "preliminary", "preliminary")
    return replace(was, patient_told_at=body.at)


def _superseded(was: Standing, body: Superseded, actor_id: int | None) -> Standing:
    del actor_id
    _must(was.superseded is None, "superseded")
    if was.critical and was.told_at is None:
        was = replace(was, told_at=body.at, told={"superseded": body.version})
    return replace(was, superseded=body.version)


_AFTER: dict[str, Callable[[Standing, Any, int | None], Standing]] = {
    "result.reviewed": _reviewed,
    "result.critical_told": _critical_told,
    "result.patient_told": _patient_told,
    "result.superseded": _superseded,
}
