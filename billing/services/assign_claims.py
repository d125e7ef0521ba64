"""Saying who works on which claims."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from billing.coding.story import Assigned
from billing.models import ClaimRecord
from billing.services.telling import THING, Told, standing_of, tell_all
from clinic.domain.refusal import Refused
from clinic.domain.words import N_
from clinic.models import Staff
from clinic.policy import RIGHTS, allows
from clinic.services.acting import Actor, Work, acting
from clinic.services.find import Unknown

MOST = 500
"""Claims given to somebody at once: more would keep other writers waiting (law 15)."""


def assign_claims(actor: Actor, claim_ids: Sequence[int], staff_id: int | None) -> int:
    """Give claims to somebody, or take them back from whoever has them (None). Gives how many changed hands.

    A biller takes and gives claims among those who code; who oversees the work gives them to anyone who works on
    claims. Claims that have left belong to nobody's list any more.

    Raises:
        Refused: nothing or too much was chosen, one has left, or that person does not work on claims.
        Unknown: a claim or a person the practice does not have.
    """
    if not claim_ids:
        raise Refused(N_("Choose at least one claim."), where="claims")
    wanted = sorted(set(claim_ids))
    if len(wanted) > MOST:
        raise Refused(
            N_("That is more than %(most)s claims at once."),
            where="claims",
            remedy=N_("Choose fewer and do the rest after."),
            most=MOST,
        )
    with acting(actor, "claim.assign") as work:
        if staff_id is not None:
            _must_work_on_claims(work, staff_id)
        records = work.session.scalars(
            select(ClaimRecord)
            .where(ClaimRecord.practice_id == actor.practice_id, ClaimRecord.id.in_(wanted))
            .options(selectinload(ClaimRecord.visits))
        ).all()
        if len(records) != len(wanted):
            raise Unknown(THING)
        for record in records:
            if record.journey != "none":
                raise Refused(
                    N_("Claim %(number)s does not wait here any more."), where=record.number, number=record.number
                )
        told = [
            Told(record.id, standing_of(record), Assigned(staff_id=staff_id))
            for record in records
            if record.assigned_to_id != staff_id
        ]
        tell_all(work, "claim.assigned", told)
        if not told:
            work.journal(THING, wanted[0], detail="claim.found")
        return len(told)


def _must_work_on_claims(work: Work, staff_id: int) -> None:
    member = work.session.scalar(
        select(Staff).where(Staff.practice_id == work.actor.practice_id, Staff.id == staff_id, Staff.active.is_(True))
    )
    if member is None:
        raise Unknown("staff")
    if not allows(_works_by(work.actor), [role.name for role in member.roles]):
        raise Refused(
            N_("%(name)s does not work on claims."),
            where="to",
            remedy=N_("Give them to someone who does."),
            name=member.name,
        )


def _works_by(actor: Actor) -> str:
    return "claim.read" if allows("claim.oversee", actor.roles) else "claim.code"


def given_to(actor: Actor) -> list[str]:
    """The roles of those whom the actor may give claims to."""
    return sorted(RIGHTS[_works_by(actor)].roles)
