"""Saying that what had to be done about a claim is done, and how."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from billing.models import ClaimRecord, ClaimTask
from clinic.base import db
from clinic.domain.refusal import Refused
from clinic.domain.words import N_
from clinic.services.acting import Actor, acting
from clinic.services.find import one


def open_tasks(actor: Actor) -> list[ClaimTask]:
    """What has to be done about claims that have left, nearest deadline first."""
    return list(
        db.session.scalars(
            select(ClaimTask)
            .where(ClaimTask.practice_id == actor.practice_id, ClaimTask.done_at.is_(None))
            .options(joinedload(ClaimTask.claim).joinedload(ClaimRecord.patient))
            .order_by(ClaimTask.due_on, ClaimTask.id)
        )
    )


def finish_task(actor: Actor, task_id: int, how: str) -> None:
    """Close a task with what was done.

    Raises:
        Refused: nothing was said, or it is closed already.
        Unknown: there is no such task.
    """
    with acting(actor, "claim.send") as work:
        task = one(actor, ClaimTask, task_id)
        said = " ".join(how.split())
        if not said:
            raise Refused(N_("A reason is needed."), where="how", remedy=N_("Say what was done."))
        if task.done_at is not None:
            raise Refused(N_("This is done already."), where="how")
        task.done_at, task.done_by = work.at, actor.staff_id
        work.fact("claim_task", task.id, "claim_task.done", {}, reason=said)
        work.journal("claim_task", task.id, detail="claim_task.done")
