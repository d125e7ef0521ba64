"""How every act is done: check the right, do it, append its facts and its journal row, commit once.

``with acting(actor, "patient.merge") as work:`` opens one transaction that takes the writer's place at once
(SQLite: BEGIN IMMEDIATE), so that what is read inside it is still true when it is committed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import func, select

from clinic.base import db
from clinic.domain.value import Value
from clinic.journal.acts import act_row
from clinic.models.fact import Fact
from clinic.policy import allows
from clinic.services.clock import now


class Actor(Value, frozen=True):
    """Who acts. The command line acts without a member of staff, for a practice it names."""

    practice_id: int
    staff_id: int | None
    roles: tuple[str, ...]
    name: str


class NotAllowed(Exception):
    """The actor does not hold the right."""


class Work:
    """One act under way: its session, its instant, and what it leaves behind."""

    def __init__(self, actor: Actor, act: str) -> None:
        self.actor = actor
        self.act = act
        self.at = now()
        self.session = db.session

    def fact(
        self,
        thing: str,
        thing_id: int,
        type_: str,
        body: dict[str, Any],
        *,
        version: int = 1,
        reason: str | None = None,
    ) -> Fact:
        """Append what happened to a thing, with the next sequence number."""
        last = self.session.scalar(
            select(func.max(Fact.sequence)).where(
                Fact.practice_id == self.actor.practice_id, Fact.thing == thing, Fact.thing_id == thing_id
            )
        )
        row = Fact(
            practice_id=self.actor.practice_id,
            thing=thing,
            thing_id=thing_id,
            sequence=(last or 0) + 1,
            type=type_,
            version=version,
            at=self.at,
            actor_id=self.actor.staff_id,
            reason=reason,
            body=body,
        )
        self.session.add(row)
        self.session.flush()
        return row

    def journal(self, thing: str, thing_id: int, *, digest: str | None = None, detail: str | None = None) -> None:
        """Leave a journal row. An act that leaves none is refused at its end."""
        self.session.add(
            act_row(
                self.actor.practice_id,
                self.at,
                self.actor.staff_id,
                self.act,
                thing,
                thing_id,
                digest=digest,
                detail=detail,
            )
        )
        self.session.info["journalled"] = True


@contextmanager
def acting(actor: Actor, right: str) -> Iterator[Work]:
    """One act in one transaction.

    Raises:
        NotAllowed: before anything was read or written.
        RuntimeError: the act left no journal row; nothing is kept.
    """
    if not allows(right, actor.roles):
        raise NotAllowed(right)
    with _writing():
        yield Work(actor, right)
        if not db.session.info["journalled"]:
            raise RuntimeError(f"{right} left no journal row")


@contextmanager
def founding(act: str) -> Iterator[Callable[[int], Work]]:
    """The first act of a practice, done from the command line before anyone is there to hold a right.

    What is yielded makes the act's ``Work`` once the practice has its id.
    """
    with _writing():
        yield lambda practice_id: Work(Actor(practice_id, None, (), "command line"), act)
        if not db.session.info["journalled"]:
            raise RuntimeError(f"{act} left no journal row")


PEN = 4172
"""The advisory lock under PostgreSQL that stands for SQLite's one writer."""


def take_the_pen() -> None:
    """Be the only writer until the transaction ends, so that what is read now is still true when it commits."""
    db.session.connection(execution_options={"cabinet_writes": True})
    if db.engine.dialect.name == "postgresql":
        db.session.execute(select(func.pg_advisory_xact_lock(PEN)))


@contextmanager
def _writing() -> Iterator[None]:
    db.session.commit()  # ends the read that loaded who is logged in; expires nothing
    db.session.info["journalled"] = False
    take_the_pen()
    try:
        yield
        db.session.commit()
    except BaseException:
        db.session.rollback()
        raise
