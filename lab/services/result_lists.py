"""The lists of results: to enter, waiting for their order, to be told, to review, and a patient's over time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import func, literal, select, union_all
from sqlalchemy.orm import contains_eager, joinedload

from clinic.base import db
from clinic.models import Patient
from clinic.services.acting import Actor
from clinic.services.find import Unknown
from clinic.services.surviving import family_of
from lab.domain.incoming import Report
from lab.models import IncomingResult, LabOrder, LabResult, OrderLine, Specimen, SpecimenTest
from lab.services import waiting
from lab.services.enter_result import ENTERED_IN
from lab.services.match_incoming import read_of
from lab.services.specimens import container_of

MOST = 300
SEEN_BEFORE = 2000
"""Reports of one patient that are shown at most."""


def counts(actor: Actor) -> dict[str, int]:
    """How many wait in each part. One statement."""
    parts = {
        "enter": (Specimen.id, waiting.to_enter(actor)),
        "unmatched": (IncomingResult.id, waiting.unmatched(actor)),
        "critical": (LabResult.id, waiting.to_be_told(actor)),
    }
    arms = [select(literal(name), func.count(column)).where(where) for name, (column, where) in parts.items()]
    return {row[0]: row[1] for row in db.session.execute(union_all(*arms))}


class ToEnter(NamedTuple):
    """A container with the tests that are run on it in house."""

    row: Specimen
    lines: list[OrderLine]
    until: datetime | None
    """The end of a reading, else until when it serves."""


def to_enter(actor: Actor) -> list[ToEnter]:
    """Containers on which tests are to be run, what is due first. Two statements."""
    rows = list(
        db.session.scalars(
            select(Specimen)
            .where(waiting.to_enter(actor))
            .options(joinedload(Specimen.patient))
            .order_by(func.coalesce(Specimen.due_at, Specimen.use_by_at).nulls_last(), Specimen.id)
            .limit(MOST)
        )
    )
    lines = _lines(actor, [row.id for row in rows])
    found = []
    for row in rows:
        moved = container_of(row).moved
        here = [line for line in lines.get(row.id, []) if line.test_key not in moved]
        found.append(ToEnter(row, here, row.due_at or row.use_by_at))
    return found


def _lines(actor: Actor, specimen_ids: Sequence[int]) -> dict[int, list[OrderLine]]:
    if not specimen_ids:
        return {}
    found: dict[int, list[OrderLine]] = {}
    wanted = (
        select(SpecimenTest.specimen_id, OrderLine)
        .join(OrderLine, OrderLine.id == SpecimenTest.line_id)
        .where(SpecimenTest.practice_id == actor.practice_id, SpecimenTest.specimen_id.in_(specimen_ids))
        .where(OrderLine.in_house, OrderLine.state.in_(ENTERED_IN))
        .order_by(OrderLine.id)
    )
    for specimen_id, line in db.session.execute(wanted):
        found.setdefault(specimen_id, []).append(line)
    return found


class Unmatched(NamedTuple):
    """A report that waits, and what was understood of it."""

    row: IncomingResult
    said: Report


def unmatched(actor: Actor) -> list[Unmatched]:
    """Reports from elsewhere that belong to no order yet, the oldest first. One statement."""
    wanted = (
        select(IncomingResult).where(waiting.unmatched(actor)).order_by(IncomingResult.received_at, IncomingResult.id)
    )
    return [Unmatched(row, read_of(row)) for row in db.session.scalars(wanted.limit(MOST))]


def to_tell(actor: Actor) -> list[LabResult]:
    """Critical values nobody was told yet, the oldest first. One statement."""
    wanted = select(LabResult).where(waiting.to_be_told(actor)).order_by(LabResult.reported_at, LabResult.id)
    path = joinedload(LabResult.line).joinedload(OrderLine.order)
    wanted = wanted.options(path.joinedload(LabOrder.patient), path.joinedload(LabOrder.provider))
    return list(db.session.scalars(wanted.limit(MOST)))


def to_review(actor: Actor) -> list[LabResult]:
    """Reports no provider has reviewed, critical ones first, then the oldest. One statement."""
    wanted = (
        select(LabResult)
        .where(waiting.to_review(actor))
        .options(
            joinedload(LabResult.line).joinedload(OrderLine.order).joinedload(LabOrder.patient),
            joinedload(LabResult.line).joinedload(OrderLine.order).joinedload(LabOrder.provider),
        )
        .order_by(LabResult.critical.desc(), LabResult.reported_at, LabResult.id)
        .limit(MOST)
    )
    return list(db.session.scalars(wanted))


def versions_of(row: LabResult) -> list[LabResult]:
    """All reports of one line, the last one first. One statement."""
    wanted = select(LabResult).where(LabResult.practice_id == row.practice_id, LabResult.line_id == row.line_id)
    return list(db.session.scalars(wanted.order_by(LabResult.version.desc())))


def newest_of(actor: Actor, line_id: int) -> int:
    """The id of the report of a line that counts.

    Raises:
        Unknown: there is no such line, or nothing was reported of it.
    """
    wanted = select(LabResult.id).where(LabResult.practice_id == actor.practice_id, LabResult.line_id == line_id)
    found = db.session.scalar(wanted.order_by(LabResult.version.desc()).limit(1))
    if found is None:
        raise Unknown("lab_result")
    return found


class Chart(NamedTuple):
    """A patient with all their reports, the last one first; corrected ones stay among them."""

    patient: Patient
    reports: list[LabResult]


def results_of(actor: Actor, patient_id: int) -> Chart:
    """A patient's reports, those of merged charts with them. Two statements.

    Raises:
        Unknown: there is no such patient.
    """
    family = family_of(actor, patient_id)
    ids = (family.patient.id, *(row.id for row in family.merged))
    wanted = (
        select(LabResult)
        .join(OrderLine, OrderLine.id == LabResult.line_id)
        .where(LabResult.practice_id == actor.practice_id, LabResult.patient_id.in_(ids))
        .options(contains_eager(LabResult.line))
        .order_by(LabResult.performed_at.desc(), LabResult.version.desc(), LabResult.id.desc())
        .limit(SEEN_BEFORE)
    )
    return Chart(family.patient, list(db.session.scalars(wanted)))


def before_of(rows: Sequence[LabResult], practice_id: int) -> dict[int, LabResult]:
    """By report the one of the same patient and test that was there before. One statement, none without rows."""
    if not rows:
        return {}
    tests = {row.line.test_key for row in rows}
    wanted = (
        select(LabResult)
        .join(OrderLine, OrderLine.id == LabResult.line_id)
        .where(LabResult.practice_id == practice_id, LabResult.patient_id.in_({row.patient_id for row in rows}))
        .where(OrderLine.test_key.in_(tests))
        .options(contains_eager(LabResult.line))
        .order_by(LabResult.performed_at, LabResult.version)
    )
    found: dict[int, LabResult] = {}
    known = list(db.session.scalars(wanted))
    for row in rows:
        for other in known:
            same = other.patient_id == row.patient_id and other.line.test_key == row.line.test_key
            if same and other.line_id != row.line_id and other.performed_at <= row.performed_at:
                found[row.id] = other
    return found
