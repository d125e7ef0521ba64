"""Who has how many claims, since when, and by when they must be gone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import func, select

from billing.models import ClaimRecord
from billing.services.waiting import claims_where
from clinic.base import db
from clinic.models import Staff
from clinic.services.acting import Actor


@dataclass(frozen=True, slots=True)
class Load:
    """The claims of one person, or of nobody."""

    staff_id: int | None
    name: str
    count: int
    oldest: datetime | None
    """Since when the longest has waited."""
    late: int
    """How many have waited longer than the limit."""
    due: date | None
    """The nearest deadline."""
    past: int
    """How many are past theirs."""


def workload(actor: Actor, now: datetime, today: date, limit: timedelta) -> list[Load]:
    """One row a person who has claims; what nobody has comes first, then by the nearest deadline."""
    rows = db.session.execute(
        select(
            ClaimRecord.assigned_to_id,
            func.count(),
            func.min(ClaimRecord.changed_at),
            func.count().filter(ClaimRecord.changed_at < now - limit),
            func.min(ClaimRecord.due_on),
            func.count().filter(ClaimRecord.due_on < today),
        )
        .where(claims_where(actor, "work"))
        .group_by(ClaimRecord.assigned_to_id)
    ).all()
    people = select(Staff.id, Staff.first, Staff.last).where(
        Staff.practice_id == actor.practice_id, Staff.id.in_([row[0] for row in rows if row[0] is not None])
    )
    names = {row.id: f"{row.first} {row.last}".strip() for row in db.session.execute(people)}
    loads = [Load(row[0], names.get(row[0], ""), *row[1:]) for row in rows]
    return sorted(loads, key=lambda load: (load.staff_id is not None, load.due or date.max, load.name))
