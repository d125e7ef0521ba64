"""Dental cases as rows: what every act on one goes through (law 2).

``tell_case`` offers the act to the case, appends the fact, carries the row along and leaves the journal row.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

import msgspec
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from clinic.base import db
from clinic.domain.value import Value, as_json
from clinic.models import Fact, Location
from clinic.services.acting import Actor, Work, acting
from clinic.services.find import Unknown, one
from lab.domain.container import NotPossible
from lab.domain.dental_case_events import Opened, case_body
from lab.domain.dental_case_refusals import case_refused
from lab.domain.dental_case_story import Case, Told, after, begin, fold
from lab.models import DentalCase

THING = "dental_case"
RIGHT = "lab.case"


class InHand(NamedTuple):
    """A case in hand within an act under way."""

    work: Work
    row: DentalCase
    at: datetime
    """When it happens: now, unless an earlier instant was told."""


@contextmanager
def case_in_hand(actor: Actor, case_id: int, at: datetime | None = None) -> Iterator[InHand]:
    """Open an act on one case.

    Raises:
        NotAllowed: the actor does not hold the right.
        Unknown: there is no such case in the practice.
    """
    with acting(actor, RIGHT) as work:
        row = one(actor, DentalCase, case_id)
        work.session.refresh(row)
        yield InHand(work, row, at or work.at)


def case_of(row: DentalCase) -> Case:
    """The row's case as the value it projects."""
    return msgspec.convert(row.standing, Case, strict=True)


def case_by_number(actor: Actor, number: str) -> DentalCase:
    """The case of that number, with its patient, provider, place and laboratory.

    Raises:
        Unknown: there is none in the actor's practice.
    """
    wanted = (
        select(DentalCase)
        .where(DentalCase.practice_id == actor.practice_id, DentalCase.number == number)
        .options(
            joinedload(DentalCase.patient),
            joinedload(DentalCase.provider),
            joinedload(DentalCase.location),
            joinedload(DentalCase.laboratory),
        )
    )
    found = db.session.scalar(wanted)
    if found is None:
        raise Unknown(THING)
    return found


def begin_case(work: Work, body: Opened) -> DentalCase:
    """A case's row with its first fact.

    Raises:
        Refused: it is told of a time to come.
    """
    if body.at > work.at:
        raise case_refused(NotPossible("future"), "at")
    row = DentalCase(practice_id=work.actor.practice_id, created_at=work.at, changed_at=work.at)
    project_case(work, row, begin(body))
    work.session.add(row)
    work.session.flush()
    _append(work, row, "case.opened", body)
    return row


def tell_case(work: Work, row: DentalCase, type_: str, body: Any, *, reason: str | None = None) -> Case:
    """Append an act to a case, carry its row along and journal it.

    Raises:
        Refused: the act does not fit, or its time is still to come.
    """
    before = case_of(row)
    if body.at > work.at:
        raise case_refused(NotPossible("future"), before.number)
    try:
        now = after(before, type_, body, work.actor.staff_id)
    except NotPossible as why:
        raise case_refused(why, before.number) from why
    _append(work, row, type_, body, reason)
    project_case(work, row, now)
    row.changed_at = work.at
    return now


def take_back(work: Work, row: DentalCase, type_: str, body: Value, reason: str) -> Case:
    """Append the fact that takes another back, and carry the row along as if that had never been told."""
    _append(work, row, type_, body, reason)
    now = fold(told_of(row))
    project_case(work, row, now)
    row.changed_at = work.at
    return now


def told_of(row: DentalCase) -> list[Told]:
    """The case's facts, in order."""
    wanted = select(Fact).where(Fact.practice_id == row.practice_id, Fact.thing == THING, Fact.thing_id == row.id)
    facts = db.session.scalars(wanted.order_by(Fact.sequence))
    return [Told(fact.type, case_body(fact.type, fact.version, fact.body), fact.actor_id) for fact in facts]


def project_case(work: Work, row: DentalCase, now: Case) -> None:
    """Put a case into its row's columns."""
    row.number = now.number
    row.patient_id = now.patient_id
    row.provider_id = now.provider_id
    row.location_id = now.location_id
    row.laboratory_id = now.prescription.laboratory_id
    row.state = now.state
    row.remakes_id = now.remakes
    row.due_at = _end_of(now.due_on, one(work.actor, Location, now.location_id).time_zone)
    row.standing = as_json(now)
    row.sequence = now.sequence


def _end_of(day: date | None, zone: str) -> datetime | None:
    """The midnight that ends a day where it is."""
    if day is None:
        return None
    return datetime.combine(day + timedelta(days=1), time(), ZoneInfo(zone)).astimezone(UTC)


def _append(work: Work, row: DentalCase, type_: str, body: Value, reason: str | None = None) -> None:
    work.fact(THING, row.id, type_, as_json(body), reason=reason)
    work.journal(THING, row.id, detail=type_)
