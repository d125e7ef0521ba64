"""Reports as rows: what every act on a result goes through (law 2)."""

from __future__ import annotations

from typing import Any

import msgspec
from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from clinic.domain.value import Value, as_json
from clinic.models import Fact
from clinic.services.acting import Actor, Work
from clinic.services.find import one
from lab.domain.events import Resulted
from lab.domain.order_story import LineReported
from lab.domain.result_refusals import result_refused
from lab.domain.result_story import NotNow, Reported, Standing, Superseded, Told, after, begin, body_of, fold
from lab.models import LabOrder, LabResult, OrderLine, Specimen, SpecimenTest
from lab.services.order_facts import tell as tell_order
from lab.services.specimens import container_of
from lab.services.specimens import tell as tell_specimen

THING = "lab_result"
RUN_ON = ("collected", "packed", "sent", "received", "used_up", "disposed", "lost")
"""States of containers that a result may be told of."""


def line_in_hand(work: Work, line_id: int) -> OrderLine:
    """A line with its order, patient and place, read anew within an act.

    Raises:
        Unknown: there is none in the actor's practice.
    """
    path = joinedload(OrderLine.order)
    line = one(work.actor, OrderLine, line_id, path.joinedload(LabOrder.patient), path.joinedload(LabOrder.location))
    work.session.refresh(line)
    work.session.refresh(line.order)
    return line


def containers_of(work: Work, line: OrderLine) -> list[Specimen]:
    """The containers a line was drawn in that may have been run, the last one first."""
    wanted = (
        select(Specimen)
        .join(SpecimenTest, SpecimenTest.specimen_id == Specimen.id)
        .where(SpecimenTest.practice_id == line.practice_id, SpecimenTest.line_id == line.id)
        .where(Specimen.state.in_(RUN_ON), Specimen.collected_at.is_not(None))
        .order_by(Specimen.collected_at.desc(), Specimen.id.desc())
    )
    rows = list(work.session.scalars(wanted))
    # what went on in an aliquot was run on the aliquot
    return sorted(rows, key=lambda row: line.test_key in container_of(row).moved)


def last_report(work: Work, line: OrderLine) -> LabResult | None:
    """The report of a line that counts; None where there is none yet."""
    wanted = select(LabResult).where(LabResult.practice_id == line.practice_id, LabResult.line_id == line.id)
    return work.session.scalar(wanted.order_by(LabResult.version.desc()).limit(1))


def next_version(work: Work, line: OrderLine) -> int:
    """The number of a further report of a line."""
    wanted = select(func.max(LabResult.version)).where(
        LabResult.practice_id == line.practice_id, LabResult.line_id == line.id
    )
    return (work.session.scalar(wanted) or 0) + 1


def report(work: Work, line: OrderLine, body: Reported, reason: str | None = None) -> LabResult:
    """A report with its first fact; the order's line, its container and the report before it are told.

    Raises:
        Refused: the order's line cannot be reported.
    """
    before = last_report(work, line)
    type_ = "result.reported" if body.version == 1 or body.status != "corrected" else "result.corrected"
    told = LineReported(line_id=line.id, state=body.status, at=body.reported_at)
    tell_order(work, line.order, "order.line_reported", told)
    row = LabResult(practice_id=work.actor.practice_id)
    project(row, begin(Told(type_, body, work.actor.staff_id, reason)))
    work.session.add(row)
    work.session.flush()
    work.fact(THING, row.id, type_, as_json(body), reason=reason)
    work.journal(THING, row.id, detail=type_)
    if before is not None:
        tell_result(work, before, "result.superseded", Superseded(at=work.at, version=body.version))
    if body.specimen_id is not None and body.status != "preliminary":
        _tell_container(work, body)
    return row


def _tell_container(work: Work, body: Reported) -> None:
    specimen = one(work.actor, Specimen, body.specimen_id or 0)
    work.session.refresh(specimen)
    container = container_of(specimen)
    if any(test == body.test for test, _ in container.resulted) or body.test not in {n.test for n in container.needs}:
        return
    # it was run after whatever was told of it last, as far as the container is concerned
    at = max(body.performed_at, container.last_at or body.performed_at)
    tell_specimen(work, specimen, "specimen.resulted", Resulted(at=at, test=body.test))


def tell_result(work: Work, row: LabResult, type_: str, body: Value, reason: str | None = None) -> Standing:
    """Append an act to a report, carry its row along and journal it.

    Raises:
        Refused: the act does not fit.
    """
    try:
        now = after(standing_of(work, row), Told(type_, body, work.actor.staff_id, reason))
    except NotNow as why:
        raise result_refused(why.code) from why
    work.fact(THING, row.id, type_, as_json(body), reason=reason)
    project(row, now)
    work.journal(THING, row.id, detail=type_)
    return now


def standing_of(work: Work, row: LabResult) -> Standing:
    """The report as its facts make it."""
    wanted = select(Fact).where(Fact.practice_id == row.practice_id, Fact.thing == THING, Fact.thing_id == row.id)
    facts = work.session.scalars(wanted.order_by(Fact.sequence))
    return fold(
        [Told(each.type, body_of(each.type, each.version, each.body), each.actor_id, each.reason) for each in facts]
    )


def project(row: LabResult, now: Standing) -> None:
    """Put a report into the row's columns: the projection of law 2."""
    body = now.report
    for name in ("line_id", "patient_id", "version", "status", "in_house", "performed_at", "reported_at", "source"):
        setattr(row, name, getattr(body, name))
    row.specimen_id = body.specimen_id
    row.kit_lot_id = body.kit_lot_id
    row.performed_by = body.performed_by
    values: list[dict[str, Any]] = msgspec.to_builtins(body.values)
    row.values = values
    row.critical = now.critical
    row.reason = now.reason
    row.told_at, row.told = now.told_at, now.told
    row.reviewed_at, row.reviewed_by = now.reviewed_at, now.reviewed_by
    row.patient_told_at = now.patient_told_at


def result_in_hand(work: Work, result_id: int) -> LabResult:
    """A report, read anew within an act.

    Raises:
        Unknown: there is none in the actor's practice.
    """
    row = result_of(work.actor, result_id)
    work.session.refresh(row)
    return row


def result_of(actor: Actor, result_id: int) -> LabResult:
    """A report with its line and order.

    Raises:
        Unknown: there is none in the actor's practice.
    """
    path = joinedload(LabResult.line).joinedload(OrderLine.order).joinedload(LabOrder.patient)
    return one(actor, LabResult, result_id, path)
