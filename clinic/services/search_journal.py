"""Searching the journal: who did what to which thing, when; and which acts on one thing were one person's."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import select, tuple_

from clinic.base import db
from clinic.models import JournalAct, JournalSeal
from clinic.services.acting import Actor

APART = ("code", "review", "sign")
"""Acts on one thing that a practice may want to be different people's: the last words of their rights."""


class Wanted(NamedTuple):
    """What is searched for; ``staff_id`` 0 is the command line."""

    staff_id: int | None = None
    act: str | None = None
    thing: str | None = None
    thing_id: int | None = None
    between: tuple[datetime, datetime] | None = None
    before: int | None = None


class Found(NamedTuple):
    """One act, its place in the chain (none while it waits), and what else its actor did to the same thing."""

    act: JournalAct
    sequence: int | None
    also: tuple[str, ...] = ()


def search_journal(actor: Actor, wanted: Wanted, limit: int) -> list[Found]:
    """The acts of the practice, newest first: two statements, whatever is found."""
    query = (
        select(JournalAct, JournalSeal.sequence)
        .outerjoin(
            JournalSeal, (JournalSeal.practice_id == JournalAct.practice_id) & (JournalSeal.act_id == JournalAct.id)
        )
        .where(JournalAct.practice_id == actor.practice_id)
        .order_by(JournalAct.id.desc())
        .limit(limit)
    )
    if wanted.staff_id is not None:
        query = query.where(JournalAct.actor_id == (wanted.staff_id or None))
    if wanted.act:
        query = query.where(JournalAct.act == wanted.act)
    if wanted.thing:
        query = query.where(JournalAct.thing == wanted.thing)
    if wanted.thing_id is not None:
        query = query.where(JournalAct.thing_id == wanted.thing_id)
    if wanted.between:
        start, end = wanted.between
        query = query.where(JournalAct.at >= start, JournalAct.at < end)
    if wanted.before is not None:
        query = query.where(JournalAct.id < wanted.before)
    rows = db.session.execute(query).all()
    also = _also(actor, [act for act, _sequence in rows])
    return [Found(act, sequence, also.get(act.id, ())) for act, sequence in rows]


def _step(act: str) -> str | None:
    last = act.rpartition(".")[2]
    return last if last in APART else None


def _also(actor: Actor, acts: Sequence[JournalAct]) -> dict[int, tuple[str, ...]]:
    """For acts that may be wanted apart: the other ones of them that the same person did to the same thing."""
    apart = [act for act in acts if _step(act.act) and act.actor_id is not None]
    things = sorted({(act.thing, act.thing_id) for act in apart})
    names = sorted({f"{thing}.{step}" for thing, _id in things for step in APART})
    rows = db.session.execute(
        select(JournalAct.thing, JournalAct.thing_id, JournalAct.actor_id, JournalAct.act)
        .where(
            JournalAct.practice_id == actor.practice_id,
            tuple_(JournalAct.thing, JournalAct.thing_id).in_(things),
            JournalAct.act.in_(names),
        )
        .distinct()
    )
    done: dict[tuple[str, int, int | None], set[str]] = {}
    for thing, thing_id, actor_id, name in rows:
        done.setdefault((thing, thing_id, actor_id), set()).add(name)
    return {
        act.id: tuple(sorted(done.get((act.thing, act.thing_id, act.actor_id), set()) - {act.act})) for act in apart
    }
