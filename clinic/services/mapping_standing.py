"""How much waits to be mapped: what visits that are not billed use and nobody has decided about.

The rail asks for this beside every screen, and the answer needs all visits that wait. It is kept for a minute; whoever
decides here sees it anew at once, what an import elsewhere brings a minute later.
"""

from __future__ import annotations

import time
from typing import Final

from flask import current_app
from sqlalchemy import and_, literal, or_, select, union_all

from clinic.base import db
from clinic.domain.mapping import KINDS
from clinic.models import Mapping
from clinic.queues import QueueState, aged, state
from clinic.services.acting import Actor
from clinic.services.clock import now
from clinic.services.mapping_uses import keyed_uses, undecided

KEPT_SECONDS: Final = 60.0

Standing = dict[str, QueueState]


def standing(practice_id: int, *, anew: bool = False) -> Standing:
    """How many things of each kind wait, and since when: one statement at most."""
    there: dict[int, tuple[float, Standing]] = current_app.extensions.setdefault("cabinet_unmapped", {})
    kept = there.get(practice_id)
    if kept is not None and not anew and time.monotonic() - kept[0] < KEPT_SECONDS:
        return kept[1]
    found = _count(practice_id)
    there[practice_id] = (time.monotonic(), found)
    return found


def waiting(actor: Actor) -> QueueState:
    """All kinds together: a queue of the rail."""
    found = standing(actor.practice_id).values()
    oldest = min((each.oldest for each in found if each.oldest), default=None)
    ages = [each.ages for each in found]
    young, middle, old = (sum(age[place] for age in ages) for place in range(3))
    return QueueState(sum(each.count for each in found), oldest, 0, (young, middle, old))


def forget(practice_id: int) -> None:
    """What was counted is true no longer."""
    current_app.extensions.setdefault("cabinet_unmapped", {}).pop(practice_id, None)


def _count(practice_id: int) -> Standing:
    parts = []
    for kind in KINDS:
        used = keyed_uses(practice_id, kind)
        parts.append(
            select(literal(kind).label("kind"), used.c.since)
            .outerjoin(
                Mapping,
                and_(Mapping.practice_id == practice_id, Mapping.kind == kind, Mapping.key == used.c.key),
            )
            .where(or_(Mapping.id.is_(None), undecided()))
        )
    every = union_all(*parts).subquery()
    rows = db.session.execute(select(every.c.kind, *aged(every.c.since, now(), None)).group_by(every.c.kind)).all()
    return {row.kind: state(row) for row in rows}
