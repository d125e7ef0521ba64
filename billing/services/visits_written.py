"""All that is written at some visits, in one statement."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import and_, literal, select, union_all
from sqlalchemy.orm.attributes import set_committed_value

from clinic.base import db
from clinic.models import Note, Observation, Problem, Visit, VisitAct

_WRITTEN: dict[str, Any] = {"notes": Note, "problems": Problem, "acts": VisitAct, "observations": Observation}


def fill_in(practice_id: int, visits: Sequence[Visit]) -> None:
    """Give the visits their notes, problems, acts and observations, so that asking for them costs nothing."""
    written = _rows(practice_id, [visit.id for visit in visits]) if visits else []
    for name, model in _WRITTEN.items():
        rows = sorted((row for row in written if type(row) is model), key=lambda row: row.id)
        for visit in visits:
            set_committed_value(visit, name, [row for row in rows if row.visit_id == visit.id])


def _rows(practice_id: int, visit_ids: list[int]) -> list[Any]:
    """All rows of the kinds above for visits: each turn joins one table, so that none multiplies."""
    models = list(_WRITTEN.values())
    turns = union_all(*(select(literal(turn).label("turn")) for turn in range(len(models)))).subquery()
    query = select(*models).select_from(turns)
    for turn, model in enumerate(models):
        own = and_(turns.c.turn == turn, model.practice_id == practice_id, model.visit_id.in_(visit_ids))
        query = query.outerjoin(model, own)
    return [next(filter(None, row)) for row in db.session.execute(query) if any(row)]
