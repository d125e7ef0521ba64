"""What happened to a claim: its facts, each with the claim before and after it."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import select

from billing.coding.narrate import Telling, narrate
from billing.coding.story import Standing, after, begin, body_of
from billing.models import ClaimRecord
from billing.services.telling import THING
from clinic.base import db
from clinic.domain.value import Value
from clinic.models import Fact


class Event(NamedTuple):
    """One fact of a claim."""

    fact: Fact
    body: Value
    before: Standing | None
    after: Standing

    @property
    def tellings(self) -> tuple[Telling, ...]:
        """The fact in sentences."""
        return narrate(self.before, self.fact.type, self.body)


def history(record: ClaimRecord) -> list[Event]:
    """Every fact of the claim, oldest first. One statement."""
    facts = db.session.scalars(
        select(Fact)
        .where(Fact.practice_id == record.practice_id, Fact.thing == THING, Fact.thing_id == record.id)
        .order_by(Fact.sequence)
    )
    events: list[Event] = []
    for fact in facts:
        body = body_of(fact.type, fact.version, fact.body)
        before = events[-1].after if events else None
        # the first fact of a claim is that it was opened
        now = begin(body) if before is None else after(before, fact.type, body, fact.actor_id)  # type: ignore[arg-type]
        events.append(Event(fact, body, before, now))
    return events
