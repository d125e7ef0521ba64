"""A page of a queue, and what stands before and after something in it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from sqlalchemy import Date, Integer, desc, func, literal, select, tuple_, union_all
from sqlalchemy.orm import defer, joinedload

from billing.models import ClaimRecord
from billing.services.deadline import due_by_payer
from billing.services.own_profiles import own_profiles
from billing.services.waiting import CLAIM, EVERYTHING, VISIT, Place, Wanted, first_policy, places
from clinic.base import db
from clinic.models import Coverage, Payer, Visit
from clinic.services.acting import Actor

PAGE_ROWS = 50


class Waiting(NamedTuple):
    """Something that waits: a claim, or a visit that no claim bills yet."""

    claim: ClaimRecord | None
    visit: Visit | None
    due: date | None
    payer: str | None
    """Who pays first."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A page of a queue."""

    rows: tuple[Waiting, ...]
    count: int
    """Of all pages."""
    page: int
    """From 1."""

    @property
    def pages(self) -> int:
        """How many there are."""
        return -(-self.count // PAGE_ROWS)

    @property
    def patients(self) -> tuple[int, ...]:
        """Whose rows they are."""
        return tuple(found.patient_id for row in self.rows if (found := row.claim or row.visit) is not None)


class Beside(NamedTuple):
    """What stands before and after a place of a queue."""

    before: Place | None
    after: Place | None


def shown(actor: Actor, queue: str, wanted: Wanted = EVERYTHING, page: int = 1) -> Shown:
    """A page of a queue; the first one where there are not so many."""
    waits = places(actor, queue, wanted).subquery("found")
    order = (waits.c.first, waits.c.then, waits.c.kind, waits.c.id)
    rows = db.session.execute(
        select(func.count().over(), *order).order_by(*order).limit(PAGE_ROWS).offset((page - 1) * PAGE_ROWS)
    ).all()
    if not rows and page > 1:
        return shown(actor, queue, wanted, 1)
    return Shown(tuple(_rows(actor, [Place(*row[1:]) for row in rows])), rows[0][0] if rows else 0, page)


def beside(actor: Actor, queue: str, wanted: Wanted, here: Place) -> Beside:
    """What stands before and after a place, in one statement; the thing itself may have left it."""
    waits = places(actor, queue, wanted).subquery("found")
    order = (waits.c.first, waits.c.then, waits.c.kind, waits.c.id)
    at = tuple_(literal(here.first, Date), literal(here.then, Date), literal(here.kind, Integer), literal(here.id))
    after = select(literal(1).label("way"), *order).where(tuple_(*order) > at).order_by(*order).limit(1).subquery()
    before = (
        select(literal(-1).label("way"), *order)
        .where(tuple_(*order) < at)
        .order_by(*(desc(each) for each in order))
        .limit(1)
        .subquery()
    )
    found = {row[0]: Place(*row[1:]) for row in db.session.execute(union_all(select(after), select(before)))}
    return Beside(found.get(-1), found.get(1))


def _rows(actor: Actor, found: Sequence[Place]) -> list[Waiting]:
    claims = _claims(actor, [place.id for place in found if place.kind == CLAIM])
    visits = [place.id for place in found if place.kind == VISIT]
    rows, first = _visits(actor, visits), _first_payers(actor, visits)
    answer: list[Waiting] = []
    for place in found:
        if place.kind == VISIT:
            if place.id in rows:
                answer.append(Waiting(None, rows[place.id], *first.get(place.id, (None, None))))
        elif place.id in claims:
            claim = claims[place.id]
            payer = claim.coverage.payer.name if claim.coverage else None
            answer.append(Waiting(claim, None, claim.due_on, payer))
    return answer


def _claims(actor: Actor, ids: Collection[int]) -> dict[int, ClaimRecord]:
    if not ids:
        return {}
    rows = db.session.scalars(
        select(ClaimRecord)
        .where(ClaimRecord.practice_id == actor.practice_id, ClaimRecord.id.in_(ids))
        .options(
            defer(ClaimRecord.coding),
            joinedload(ClaimRecord.patient),
            joinedload(ClaimRecord.coverage).joinedload(Coverage.payer),
            joinedload(ClaimRecord.rendering),
        )
    )
    return {row.id: row for row in rows}


def _visits(actor: Actor, ids: Collection[int]) -> dict[int, Visit]:
    if not ids:
        return {}
    rows = db.session.scalars(
        select(Visit)
        .where(Visit.practice_id == actor.practice_id, Visit.id.in_(ids))
        .options(joinedload(Visit.patient), joinedload(Visit.provider))
    )
    return {row.id: row for row in rows}


def _first_payers(actor: Actor, ids: Collection[int]) -> dict[int, tuple[date | None, str]]:
    """Who pays first for visits that no claim bills yet, and by when they must have them."""
    if not ids:
        return {}
    rows = db.session.execute(
        select(Visit.id, Visit.on, Payer.name, Payer.payer_number, Coverage.filing)
        .join(Coverage, Coverage.id == first_policy())
        .join(Payer, Payer.id == Coverage.payer_id)
        .where(Visit.practice_id == actor.practice_id, Visit.id.in_(ids))
    )
    profiles = own_profiles(actor.practice_id)
    return {visit_id: (due_by_payer(on, number, filing, profiles), name) for visit_id, on, name, number, filing in rows}
