"""What happened to a thing the house is set up with: its facts, newest first, each with who, when, and what changed."""

from __future__ import annotations

from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import select

from clinic.base import db
from clinic.domain.words import N_
from clinic.models import Fact, Staff
from clinic.views.guard import actor

LAST = 20
WORDS = {
    "entered": N_("entered"),
    "changed": N_("changed"),
    "pass_phrase_reset": N_("new pass phrase given"),
    "taken_away": N_("taken away"),
    "tried": N_("tried"),
    "blank_kept": N_("blank form put in"),
    "blank_taken_away": N_("blank form taken out"),
}


class Changed(NamedTuple):
    """A field, what it said and what it says."""

    name: str
    before: Any
    after: Any


class Happened(NamedTuple):
    """One fact in words."""

    at: datetime
    who: str | None
    words: str
    changed: list[Changed]


def history(thing: str, thing_id: int) -> list[Happened]:
    """The last facts of a thing of the practice."""
    practice_id = actor().practice_id
    rows = db.session.execute(
        select(Fact, Staff)
        .outerjoin(Staff, (Staff.practice_id == Fact.practice_id) & (Staff.id == Fact.actor_id))
        .where(
            Fact.practice_id == practice_id,
            Fact.thing == thing,
            Fact.thing_id == thing_id,
            Fact.type.in_([f"{thing}.{end}" for end in WORDS]),
        )
        .order_by(Fact.sequence.desc())
        .limit(LAST)
    )
    return [_happened(fact, member) for fact, member in rows]


def _happened(fact: Fact, member: Staff | None) -> Happened:
    end = fact.type.partition(".")[2]
    before, after = fact.body.get("before") or {}, fact.body.get("after") or {}
    changed = [Changed(name, before.get(name), after[name]) for name in after] if before else []
    return Happened(fact.at, member.name if member else None, WORDS[end], changed)
