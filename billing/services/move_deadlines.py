"""Reckoning the deadlines of open claims anew, after a payer's limit has become another."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import select

from billing.coding.story import DueMoved
from billing.models import ClaimRecord
from billing.services.claim_value import claim_of
from billing.services.deadline import due_on
from billing.services.leaving import rows_of
from billing.services.own_profiles import own_profiles
from billing.services.telling import Told, standing_of, tell_all
from billing.services.waiting import HERE
from billing.services.write_payer_profile import RIGHT
from clinic.base import db
from clinic.policy import allows
from clinic.services.acting import Actor, NotAllowed, acting

SLICE = 200
"""Claims of one act: nobody waits for longer than that takes (law 15)."""

MOST = 1_000
"""Claims that are looked at before the person sees how far it has come."""


class Reckoned(NamedTuple):
    """How far it has come."""

    moved: int
    """Claims whose deadline is another now."""
    last: int | None
    """The id after which to go on; None where all open claims were looked at."""


def move_deadlines(actor: Actor, after: int = 0) -> Reckoned:
    """Give the next thousand open claims with an id above ``after`` the deadlines that profiles set now.

    Doing it again changes nothing. What was coded, reviewed or signed stays so: a deadline is nothing of the claim's.
    """
    if not allows(RIGHT, actor.roles):
        raise NotAllowed(RIGHT)
    db.session.commit()  # ends the read that loaded who is logged in: what follows is read as it is now
    mine = (ClaimRecord.practice_id == actor.practice_id, HERE, ClaimRecord.id > after)
    ids = list(db.session.scalars(select(ClaimRecord.id).where(*mine).order_by(ClaimRecord.id).limit(MOST + 1)))
    moved = sum(_slice(actor, ids[:MOST][start : start + SLICE]) for start in range(0, len(ids[:MOST]), SLICE))
    return Reckoned(moved, ids[MOST - 1] if len(ids) > MOST else None)


def _slice(actor: Actor, ids: list[int]) -> int:
    profiles = own_profiles(actor.practice_id)
    found = []
    for record in rows_of(actor, ids):
        claim = claim_of(record)
        before = standing_of(record)
        due = due_on(claim, profiles)
        if claim is not None and due != before.due_on:
            found.append(Told(record.id, before, DueMoved(due_on=due)))
    if not found:
        return 0
    with acting(actor, RIGHT) as work:
        asked = select(ClaimRecord.id, ClaimRecord.sequence).where(
            ClaimRecord.practice_id == actor.practice_id, ClaimRecord.id.in_([each.claim_id for each in found])
        )
        now = {row.id: row.sequence for row in work.session.execute(asked)}
        # who changed a claim meanwhile gave it its deadline
        told = [each for each in found if now[each.claim_id] == each.before.sequence]
        tell_all(work, "claim.due_moved", told)
        if not told:
            work.journal("practice", actor.practice_id, detail="no deadlines moved")
        return len(told)
