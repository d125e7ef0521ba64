"""Enrolments that need somebody: they end soon, or the payer has not answered."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import aliased, joinedload

from billing.models import Enrolment
from clinic.base import db
from clinic.queues import OLD, YOUNG, QueueState

AHEAD = timedelta(days=60)
"""How long before its end an enrolment is to be renewed."""
ANSWER = timedelta(days=30)
"""How long a payer may take to answer."""


class Waiting(NamedTuple):
    """An enrolment that needs somebody, and since when it does."""

    enrolment: Enrolment
    since: date

    @property
    def unanswered(self) -> bool:
        """Whether it waits for the payer; else it ends."""
        return self.enrolment.starts is None


def waiting(practice_id: int, on: date) -> list[Waiting]:
    """What needs somebody on a day, that which has waited longest first.

    An enrolment that another of the same payer, provider and file goes on from does not end.
    """
    ending = and_(Enrolment.starts.is_not(None), Enrolment.ends >= on, Enrolment.ends <= on + AHEAD)
    unanswered = and_(Enrolment.starts.is_(None), Enrolment.ends.is_(None), Enrolment.asked_on <= on - ANSWER)
    later = aliased(Enrolment)
    goes_on = (
        select(later.id)
        .where(
            later.practice_id == Enrolment.practice_id,
            later.payer_id == Enrolment.payer_id,
            later.provider_id.is_not_distinct_from(Enrolment.provider_id),
            later.transaction == Enrolment.transaction,
            later.id != Enrolment.id,
            later.starts.is_not(None),
            or_(later.ends.is_(None), later.ends > Enrolment.ends),
        )
        .exists()
    )
    rows = db.session.scalars(
        select(Enrolment)
        .where(Enrolment.practice_id == practice_id, or_(and_(ending, ~goes_on), unanswered))
        .options(joinedload(Enrolment.payer), joinedload(Enrolment.provider))
    )
    return sorted((Waiting(row, _since(row)) for row in rows), key=lambda each: (each.since, each.enrolment.id))


def _since(row: Enrolment) -> date:
    if row.starts is not None and row.ends is not None:
        return row.ends - AHEAD
    return (row.asked_on or date.max - ANSWER) + ANSWER


def state(rows: Sequence[Waiting], now: datetime, limit: timedelta) -> QueueState:
    """How the queue stands."""
    since = [datetime.combine(row.since, time.min, UTC) for row in rows]
    day, days = (sum(each < now - age for each in since) for age in (YOUNG, OLD))
    return QueueState(
        count=len(since),
        oldest=min(since, default=None),
        late=sum(each < now - limit for each in since),
        ages=(len(since) - day, day - days, days),
        due=min((row.enrolment.ends for row in rows if row.enrolment.ends is not None), default=None),
    )
