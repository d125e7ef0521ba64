"""Badges: who takes a shared bench over. A badge's code is no secret; only with its PIN does it say who acts."""

from __future__ import annotations

import re
import secrets
from datetime import timedelta
from itertools import pairwise
from typing import NamedTuple

from flask_security import hash_password, verify_password
from sqlalchemy import select

from clinic.base import db
from clinic.domain.refusal import Refused
from clinic.domain.words import N_
from clinic.models import Staff
from clinic.policy import allows
from clinic.services.acting import Actor, Work, acting
from clinic.services.find import one
from lab.models import Badge

GIVE = "lab.badge"
TAKE_OVER = "lab.read"
TRIES = 5
PAUSE = timedelta(minutes=5)
_PIN = re.compile(r"[0-9]{4,8}\Z")
_LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""What cannot be taken for another when it is read aloud."""
_LENGTH = 10


class Holder(NamedTuple):
    """A member of staff and the badge they have."""

    staff: Staff
    badge: Badge | None


def badges(actor: Actor) -> list[Holder]:
    """Everyone who works here, with their badge where they have one."""
    wanted = (
        select(Staff, Badge)
        .outerjoin(Badge, (Badge.practice_id == Staff.practice_id) & (Badge.staff_id == Staff.id))
        .where(Staff.practice_id == actor.practice_id, Staff.active)
        .order_by(Staff.last, Staff.first, Staff.id)
    )
    return [Holder(staff, badge) for staff, badge in db.session.execute(wanted)]


def badge_of(actor: Actor, staff_id: int) -> Badge | None:
    """Someone's badge."""
    return db.session.scalar(select(Badge).where(Badge.practice_id == actor.practice_id, Badge.staff_id == staff_id))


def give_badge(actor: Actor, staff_id: int, pin: str, again: str) -> str:
    """Give a new badge and PIN; what was on an older badge opens nothing any more. Gives the code to be printed.

    Raises:
        Refused: the PIN is none, or one that is tried first, or was not typed twice alike.
        Unknown: there is no such person here.
    """
    if pin != again:
        raise Refused(N_("The two are not the same."), where="again")
    _good(pin)
    with acting(actor, GIVE) as work:
        member = one(actor, Staff, staff_id)
        if not member.active:
            raise Refused(N_("Who no longer works here gets no badge."), where="staff")
        row = _of(work, staff_id)
        code = f"BADGE-{''.join(secrets.choice(_LETTERS) for _ in range(_LENGTH))}"
        hashed = hash_password(pin)
        if row is None:
            row = Badge(practice_id=actor.practice_id, staff_id=staff_id, code=code, pin_hash=hashed, locked_until=None)
            work.session.add(row)
        else:
            row.code, row.pin_hash, row.failures, row.locked_until = code, hashed, 0, None
        work.session.flush()
        work.fact("badge", row.id, "badge.given", {"staff_id": staff_id})
        work.journal("badge", row.id, detail="given")
        return code


def take_badge_away(actor: Actor, staff_id: int) -> None:
    """Take someone's badge away: it opens nothing from now on."""
    with acting(actor, GIVE) as work:
        one(actor, Staff, staff_id)
        row = _of(work, staff_id)
        if row is None:
            raise Refused(N_("There is no badge to take away."), where="staff")
        work.fact("badge", row.id, "badge.taken_away", {"staff_id": staff_id})
        work.journal("badge", row.id, detail="taken_away")
        work.session.delete(row)


def take_over(actor: Actor, code: str, pin: str) -> Staff:
    """Whose badge and PIN these are: the acts that follow are theirs. ``actor`` is who had the bench before.

    Raises:
        Refused: badge and PIN do not go together, or the badge is locked after too many wrong ones.
    """
    row = db.session.scalar(select(Badge).where(Badge.practice_id == actor.practice_id, Badge.code == code))
    member = one(actor, Staff, row.staff_id) if row else None
    if row is None or member is None or not member.active:
        raise _wrong()
    holder = Actor(member.practice_id, member.id, tuple(role.name for role in member.roles), member.name)
    if not allows(TAKE_OVER, holder.roles):
        raise Refused(N_("Who holds this badge does not work at the bench."), where="pin")
    refusal: Refused | None = None
    # a refusal inside the act would undo the count of it
    with acting(holder, TAKE_OVER) as work:
        work.session.refresh(row)
        if row.locked_until is not None and row.locked_until > work.at:
            refusal = _locked()
            work.journal("badge", row.id, detail="locked")
        elif verify_password(pin, row.pin_hash):
            row.failures, row.locked_until = 0, None
            work.journal("badge", row.id, detail="took_over")
        else:
            refusal = _count(work, row)
    if refusal is not None:
        raise refusal
    return member


def any_badge(actor: Actor) -> bool:
    """Whether anyone here has a badge: without one a locked bench could not be opened again."""
    return db.session.scalar(select(Badge.id).where(Badge.practice_id == actor.practice_id).limit(1)) is not None


def _count(work: Work, row: Badge) -> Refused:
    row.failures += 1
    work.journal("badge", row.id, detail="wrong_pin")
    if row.failures < TRIES:
        return _wrong()
    row.failures, row.locked_until = 0, work.at + PAUSE
    return _locked()


def _wrong() -> Refused:
    return Refused(N_("Badge and PIN do not go together."), where="pin", remedy=N_("Scan the badge again."))


def _locked() -> Refused:
    return Refused(
        N_("Too many wrong PINs: this badge opens nothing for 5 minutes."), where="pin", remedy=N_("Wait, or log in.")
    )


def _good(pin: str) -> None:
    if not _PIN.match(pin):
        raise Refused(N_("A PIN is four to eight digits."), where="pin")
    steps = {(int(b) - int(a)) % 10 for a, b in pairwise(pin)}
    if steps <= {0} or steps <= {1} or steps <= {9}:
        raise Refused(N_("That PIN is one that is tried first."), where="pin", remedy=N_("Choose another."))


def _of(work: Work, staff_id: int) -> Badge | None:
    wanted = select(Badge).where(Badge.practice_id == work.actor.practice_id, Badge.staff_id == staff_id)
    found: Badge | None = work.session.scalar(wanted)
    return found
