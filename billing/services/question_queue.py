"""Questions that wait: for whom, in what order, a page of them, and the one looked at with what it is about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, func, or_, select, tuple_
from sqlalchemy.orm import defer, joinedload

from billing.coding.questions import Side
from billing.models import ClaimQuestion, ClaimRecord
from billing.services.waiting import HERE
from clinic.base import db
from clinic.services.acting import Actor

PAGE_ROWS = 50


@dataclass(frozen=True, slots=True)
class Asked:
    """A page of questions."""

    rows: Sequence[ClaimQuestion]
    count: int
    """Of all pages."""
    page: int

    @property
    def pages(self) -> int:
        """How many there are."""
        return -(-self.count // PAGE_ROWS)

    @property
    def patients(self) -> set[int]:
        """Whose claims they are about."""
        return {row.claim.patient_id for row in self.rows}


def waits(actor: Actor, side: Side, *, everyones: bool = False) -> ColumnElement[bool]:
    """The condition on questions, joined with their claims, that one of this side has to do something about them.

    What a provider in particular was asked waits for that one, unless everyone's is looked at.
    """
    found = and_(ClaimQuestion.practice_id == actor.practice_id, ClaimQuestion.waits_for == side, HERE)
    if side == "coder" or everyones:
        return found
    mine = or_(ClaimQuestion.state == "answered", ClaimQuestion.of_id.is_(None), ClaimQuestion.of_id == actor.staff_id)
    return and_(found, mine)


def for_side(actor: Actor, side: Side, page: int = 1, *, everyones: bool = False) -> Asked:
    """A page of what waits for one side, the longest waiting first; the first page where there are not so many."""
    return _page(waits(actor, side, everyones=everyones), page)


def out(actor: Actor, page: int = 1) -> Asked:
    """A page of what those who code have asked and wait for."""
    return _page(
        and_(
            ClaimQuestion.practice_id == actor.practice_id,
            ClaimQuestion.waits_for == "provider",
            ClaimQuestion.state == "open",
            HERE,
        ),
        page,
    )


def _page(condition: ColumnElement[bool], page: int) -> Asked:
    wanted = (
        _with_claim(select(ClaimQuestion, func.count().over()))
        .where(condition)
        .order_by(ClaimQuestion.since, ClaimQuestion.id)
        .limit(PAGE_ROWS)
        .offset((page - 1) * PAGE_ROWS)
    )
    found = db.session.execute(wanted).all()
    if not found and page > 1:
        return _page(condition, 1)
    return Asked([row for row, _count in found], found[0][1] if found else 0, page)


def _with_claim(wanted: Select[ClaimQuestion, int]) -> Select[ClaimQuestion, int]:
    claim = joinedload(ClaimQuestion.claim)
    return wanted.join(ClaimRecord, ClaimRecord.id == ClaimQuestion.claim_id).options(
        claim.defer(ClaimRecord.coding), claim.joinedload(ClaimRecord.patient), defer(ClaimQuestion.reason)
    )


def after(actor: Actor, side: Side, here: tuple[datetime, int], *, everyones: bool = False) -> int | None:
    """The question that waits after a place of the queue, else the first that waits; None where none does."""
    order = (ClaimQuestion.since, ClaimQuestion.id)
    wanted = (
        select(ClaimQuestion.id)
        .join(ClaimRecord, ClaimRecord.id == ClaimQuestion.claim_id)
        .where(waits(actor, side, everyones=everyones))
        .order_by((tuple_(*order) <= here), *order)
        .limit(1)
    )
    return db.session.scalar(wanted)


def of_claim(record: ClaimRecord) -> list[ClaimQuestion]:
    """All questions on a claim, those that wait first, then the newest."""
    return list(
        db.session.scalars(
            select(ClaimQuestion)
            .where(ClaimQuestion.practice_id == record.practice_id, ClaimQuestion.claim_id == record.id)
            .order_by(ClaimQuestion.waits_for.is_(None), ClaimQuestion.id.desc())
        )
    )
