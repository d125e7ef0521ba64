"""Who was shown to be able to run which test, and until when that holds."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import lazyload

from clinic.base import db
from clinic.domain.refusal import Refused
from clinic.domain.words import N_
from clinic.models import Staff
from clinic.services.acting import Actor, acting
from clinic.services.clock import today
from clinic.services.find import one
from lab.domain.controls import Held
from lab.models import Qualification


def qualify(actor: Actor, staff_id: int, test: str, since: date, until: date | None = None) -> None:
    """Keep that somebody may run a test, in place of what was kept before.

    Raises:
        Refused: it begins in the time to come, or ends before it began.
        Unknown: there is nobody of that number.
    """
    with acting(actor, "lab.catalogue") as work:
        member = one(actor, Staff, staff_id)
        if since > today():
            raise Refused(N_("This day is still to come."), where="since", remedy=N_("Look at the day."))
        if until is not None and until < since:
            raise Refused(N_("It would end before it began."), where="until", remedy=N_("Look at the days."))
        wanted = select(Qualification).where(
            Qualification.practice_id == actor.practice_id,
            Qualification.staff_id == member.id,
            Qualification.test_key == test,
        )
        row = work.session.scalar(wanted)
        if row is None:
            row = Qualification(practice_id=actor.practice_id, staff_id=member.id, test_key=test)
            work.session.add(row)
        row.since, row.until = since, until
        work.session.flush()
        body = {
            "staff_id": member.id,
            "test": test,
            "since": since.isoformat(),
            "until": until.isoformat() if until else None,
        }
        work.fact("qualification", row.id, "qualification.recorded", body)
        work.journal("qualification", row.id, detail="qualification.recorded")


def held_by(practice_id: int, staff_id: int | None, test: str) -> Held | None:
    """Somebody's qualification for a test. One statement."""
    if staff_id is None:
        return None
    row = db.session.scalar(
        select(Qualification).where(
            Qualification.practice_id == practice_id,
            Qualification.staff_id == staff_id,
            Qualification.test_key == test,
        )
    )
    return Held(since=row.since, until=row.until) if row else None


def qualifications(practice_id: int) -> list[tuple[Staff, Qualification]]:
    """All of them, by name and test. One statement."""
    rows = db.session.execute(
        select(Staff, Qualification)
        .join(Qualification, Qualification.staff_id == Staff.id)
        .where(Qualification.practice_id == practice_id, Staff.active)
        .options(lazyload(Staff.roles))
        .order_by(Staff.last, Staff.first, Staff.id, Qualification.test_key)
    )
    return [(row[0], row[1]) for row in rows]
