"""Who was trained to pack biological substances, and until when that holds. How long that is, the practice says."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from clinic.base import db
from clinic.domain.refusal import Refused
from clinic.domain.words import N_
from clinic.models import Staff
from clinic.services.acting import Actor, Work, acting
from clinic.services.clock import now
from clinic.services.find import one
from lab.domain.container import NotPossible
from lab.domain.package_refusals import package_refused
from lab.models import PackerTraining
from lab.services.packing_rule import trained_only


def trained(practice_id: int, staff_id: int | None) -> bool:
    """Whether somebody's training holds now. The command line, which is nobody, is not asked."""
    if staff_id is None:
        return True
    wanted = select(PackerTraining).where(
        PackerTraining.practice_id == practice_id, PackerTraining.staff_id == staff_id
    )
    found = db.session.scalar(wanted)
    return found is not None and (found.valid_until is None or found.valid_until >= now())


def must_be_trained(work: Work, location_id: int) -> None:
    """Insist on it where the place does.

    Raises:
        Refused: it does, and the actor is not trained.
    """
    practice_id = work.actor.practice_id
    if not trained(practice_id, work.actor.staff_id) and trained_only(practice_id, location_id):
        raise package_refused(NotPossible("untrained"))


def record_training(actor: Actor, staff_id: int, trained_at: datetime, valid_until: datetime | None) -> None:
    """Keep when somebody was trained, in place of what was kept before.

    Raises:
        Refused: it is still to come, or ends before it began.
        Unknown: there is nobody of that number.
    """
    with acting(actor, "lab.catalogue") as work:
        member = one(actor, Staff, staff_id)
        if trained_at > work.at:
            raise package_refused(NotPossible("future"), "trained_at")
        if valid_until is not None and valid_until < trained_at:
            raise Refused(N_("It would end before it began."), where="valid_until", remedy=N_("Look at the days."))
        wanted = select(PackerTraining).where(
            PackerTraining.practice_id == actor.practice_id, PackerTraining.staff_id == member.id
        )
        row = work.session.scalar(wanted) or PackerTraining(practice_id=actor.practice_id, staff_id=member.id)
        row.trained_at, row.valid_until = trained_at, valid_until
        work.session.add(row)
        work.session.flush()
        body = {
            "staff_id": member.id,
            "trained_at": trained_at.isoformat(),
            "valid_until": valid_until.isoformat() if valid_until else None,
        }
        work.fact("packer_training", row.id, "packer_training.recorded", body)
        work.journal("packer_training", row.id, detail="packer_training.recorded")


def trainings(actor: Actor) -> list[tuple[Staff, PackerTraining | None]]:
    """Everyone who works here, with their training where there is one. One statement."""
    rows = db.session.execute(
        select(Staff, PackerTraining)
        .outerjoin(
            PackerTraining,
            (PackerTraining.staff_id == Staff.id) & (PackerTraining.practice_id == Staff.practice_id),
        )
        .where(Staff.practice_id == actor.practice_id, Staff.active)
        .order_by(Staff.last, Staff.first, Staff.id)
    )
    return [(row[0], row[1]) for row in rows]
