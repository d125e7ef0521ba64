"""Today: one's queues with their ages and limits, what will be late first, and what one did last."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from flask import Blueprint, render_template
from sqlalchemy import select

from clinic import queues
from clinic.base import db
from clinic.domain.words import N_
from clinic.models.journal import JournalAct
from clinic.policy import RIGHTS, requires
from clinic.queues import Queue
from clinic.views.formats import now
from clinic.views.guard import actor
from clinic.views.rail import RailGroup, RailRow, rail
from clinic.views.things import Thing, thing

screens = Blueprint("today", __name__)

queues.declare(Queue("today", N_("Today"), N_("Day"), "today.read", "today.show", order=0))

LAST = 12


class Deadline(NamedTuple):
    """The oldest thing of a queue, and when it will have waited too long."""

    row: RailRow
    due: datetime


class Done(NamedTuple):
    """One act of the journal, in words."""

    at: datetime
    words: str
    thing: Thing


@screens.get("/")
@requires("today.read")
def show() -> str:
    """The first screen of the day."""
    groups = _mine_first(
        [
            group._replace(rows=found)
            for group in rail("today")
            if (found := [row for row in group.rows if row.state is not None])
        ]
    )
    rows = [row for group in groups for row in group.rows]
    return render_template(
        "today.html",
        groups=groups,
        most=max((row.state.count for row in rows if row.state), default=0),
        late=sum(1 for row in rows if row.state and row.state.late),
        deadlines=_deadlines(rows),
        done=_done(),
        today=now(),
    )


def _mine_first(groups: list[RailGroup]) -> list[RailGroup]:
    """What is one's daily work stands on top, by its group and in it; else all is as the rail has it."""
    roles = set(actor().roles)

    def others(row: RailRow) -> bool:
        return not row.queue.daily & roles

    sorted_rows = [group._replace(rows=sorted(group.rows, key=others)) for group in groups]
    return sorted(sorted_rows, key=lambda group: others(group.rows[0]))


def _deadlines(rows: list[RailRow]) -> list[Deadline]:
    found = [
        Deadline(row, row.state.oldest + row.queue.limit)
        for row in rows
        if row.state and row.state.oldest and row.queue.limit
    ]
    return sorted(found, key=lambda each: each.due)


def _done() -> list[Done]:
    who = actor()
    acts = db.session.scalars(
        select(JournalAct)
        .where(JournalAct.practice_id == who.practice_id, JournalAct.actor_id == who.staff_id)
        .order_by(JournalAct.id.desc())
        .limit(LAST)
    )
    return [
        Done(act.at, RIGHTS[act.act].words if act.act in RIGHTS else act.act, thing(act.thing, act.thing_id))
        for act in acts
    ]
