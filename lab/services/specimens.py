"""Containers as rows: what every act of the bench goes through (law 2).

``tell`` offers the act to the container, appends the fact, carries the row along and leaves the journal row.
"""

from __future__ import annotations

from typing import Any

import msgspec
from sqlalchemy import select

from clinic.base import db
from clinic.domain.value import Value, as_json
from clinic.models import Fact
from clinic.services.acting import Actor, Work
from clinic.services.find import Unknown, one
from clinic.services.number import next_number
from lab.domain.container import Container, NotPossible
from lab.domain.container_acts import BESIDE, after, in_time
from lab.domain.container_story import Told, begin, fold
from lab.domain.events import Planned, Poured, body_of
from lab.domain.refusals import refused
from lab.domain.stability import earliest, use_by, waiting
from lab.models import Specimen, SpecimenTest
from lab.steps.registry import task_of

THING = "specimen"


def container_of(row: Specimen) -> Container:
    """The row's container as the value it projects."""
    return msgspec.convert(row.standing, Container, strict=True)


def by_number(actor: Actor, number: str) -> Specimen:
    """The container of that number.

    Raises:
        Unknown: there is none in the actor's practice.
    """
    wanted = select(Specimen.id).where(Specimen.practice_id == actor.practice_id, Specimen.number == number)
    found = db.session.scalar(wanted)
    if found is None:
        raise Unknown(THING)
    return one(actor, Specimen, found)


def number_for(work: Work) -> str:
    """The next container's number: what its label says and its bars hold."""
    return f"C{next_number(work, THING):06d}"


def begin_specimen(work: Work, type_: str, body: Planned | Poured, location_id: int) -> Specimen:
    """A container's row with its first fact.

    Raises:
        Refused: its number is taken.
    """
    container = begin(type_, body, work.actor.staff_id)
    row = Specimen(practice_id=work.actor.practice_id, location_id=location_id, created_at=work.at, changed_at=work.at)
    project(row, container)
    work.session.add(row)
    work.session.flush()
    work.session.add_all(
        SpecimenTest(
            practice_id=row.practice_id,
            specimen_id=row.id,
            line_id=need.line_id,
            test_key=need.test,
            use_by_at=use_by(container, need),
        )
        for need in container.needs
    )
    work.fact(THING, row.id, type_, as_json(body))
    work.journal(THING, row.id, detail=type_)
    return row


def tell(work: Work, row: Specimen, type_: str, body: Value, *, reason: str | None = None) -> Container:
    """Append an act to a container, carry its row along and journal it.

    Raises:
        Refused: the act does not fit, or its time is still to come.
    """
    now = offer(work, container_of(row), type_, body)
    work.fact(THING, row.id, type_, as_json(body), reason=reason)
    carry(work, row, now)
    work.journal(THING, row.id, detail=type_)
    return now


def offer(work: Work, before: Container, type_: str, body: Any) -> Container:
    """The container after an act, nothing told yet.

    Raises:
        Refused: the act does not fit, or its time is still to come.
    """
    try:
        if type_ not in BESIDE:
            in_time(before, body.at, work.at)
        return after(before, type_, body, work.actor.staff_id)
    except NotPossible as why:
        raise refused(why, before.number) from why


def carry(work: Work, row: Specimen, now: Container) -> None:
    """Put a container into its row and those of its tests."""
    project(row, now)
    row.changed_at = work.at
    limits = {need.test: use_by(now, need) for need in now.needs}
    for test in row.tests:
        if test.use_by_at != limits.get(test.test_key):
            test.use_by_at = limits.get(test.test_key)


def told_of(work: Work, row: Specimen) -> list[Told]:
    """The container's facts, in order."""
    wanted = select(Fact).where(Fact.practice_id == row.practice_id, Fact.thing == THING, Fact.thing_id == row.id)
    facts = work.session.scalars(wanted.order_by(Fact.sequence))
    return [Told(fact.type, body_of(fact.type, fact.version, fact.body), fact.actor_id) for fact in facts]


def refold(work: Work, row: Specimen) -> Container:
    """The container as its facts make it, whatever the row says."""
    return fold(told_of(work, row))


def project(row: Specimen, now: Container) -> None:
    """Put a container into the row's columns: the projection of law 2."""
    task = task_of(now)
    row.number = now.number
    row.patient_id = now.patient_id
    row.visit_id = now.visit_id
    row.order_id = now.order_id
    row.parent_id = now.parent_id
    row.recollects_id = now.recollects
    row.set_number = now.set_number
    row.holder = now.holder
    row.cap = now.cap
    row.state = now.state
    row.labeled = now.labeled
    row.collected_at = now.collected_at
    row.condition = now.condition
    row.place_id = now.stays[-1].place_id if now.stays else None
    row.package_id = now.package_id
    row.remaining_ul = now.remaining_ul
    row.step = task.step if task else None
    row.running = bool(task and task.running)
    row.ready_at = task.ready_at if task else None
    row.due_at = task.due_at if task else None
    row.use_by_at = earliest(now) if waiting(now) else None
    row.standing = _as_kept(now)
    row.sequence = now.sequence


def _as_kept(now: Container) -> dict[str, Any]:
    kept: dict[str, Any] = as_json(now)
    return kept
