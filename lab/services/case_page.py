"""All that the page of a dental case shows, in a number of statements that does not grow with it."""

from __future__ import annotations

from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import or_, select

from clinic.base import db
from clinic.models import Fact, Staff
from clinic.services.acting import Actor
from lab.domain.container import NotPossible
from lab.domain.dental_case_events import case_body
from lab.domain.dental_case_story import ACTS, Case, Told, last_to_undo, may, undone
from lab.models import DentalCase
from lab.services.case_facts import THING, case_by_number
from lab.services.case_lists import Listed, listed


class Line(NamedTuple):
    """One fact as the page tells it."""

    sequence: int
    type: str
    at: datetime
    told_at: datetime
    body: Any
    who: str
    reason: str | None
    undone: bool


class CasePage(NamedTuple):
    """The page."""

    row: DentalCase
    case: Case
    listed: Listed
    lines: list[Line]
    may: frozenset[str]
    """Acts that fit where it stands."""
    undoable: Line | None
    kin: list[Listed]
    """The cases it was made again from and as, by their ids."""
    disinfected_by: str


def read_case(actor: Actor, number: str) -> CasePage:
    """Read a case.

    Raises:
        Unknown: there is none of that number in the practice.
    """
    row = case_by_number(actor, number)
    shown = listed(row)
    case = shown.case
    found = db.session.execute(
        select(Fact, Staff.first, Staff.last)
        .outerjoin(Staff, (Staff.practice_id == Fact.practice_id) & (Staff.id == Fact.actor_id))
        .where(Fact.practice_id == row.practice_id, Fact.thing == THING, Fact.thing_id == row.id)
        .order_by(Fact.sequence)
    ).all()
    told = [Told(fact.type, case_body(fact.type, fact.version, fact.body), fact.actor_id) for fact, _f, _l in found]
    gone = undone(told)
    lines = [
        Line(
            sequence=fact.sequence,
            type=fact.type,
            at=each.body.at,
            told_at=fact.at,
            body=each.body,
            who=f"{first} {last}".strip() if last else "",
            reason=fact.reason,
            undone=fact.sequence in gone,
        )
        for (fact, first, last), each in zip(found, told, strict=True)
    ]
    try:
        undoable = lines[last_to_undo(told) - 1]
    except NotPossible:
        undoable = None
    cleaned = next((line for line in reversed(lines) if line.type == "case.disinfected" and not line.undone), None)
    return CasePage(
        row=row,
        case=case,
        listed=shown,
        lines=lines,
        may=frozenset(type_ for type_ in ACTS if may(case, type_)),
        undoable=undoable,
        kin=_kin(row, case),
        disinfected_by=cleaned.who if cleaned and case.disinfected_at else "",
    )


def _kin(row: DentalCase, case: Case) -> list[Listed]:
    """The whole row of remakes: the first one, and all that name it or each other."""
    if case.first is None and case.remake_id is None:
        return []
    first = case.first or row.id
    wanted = select(DentalCase).where(
        DentalCase.practice_id == row.practice_id,
        DentalCase.patient_id == row.patient_id,
        or_(DentalCase.id == first, DentalCase.standing["first"].as_integer() == first),
    )
    return [listed(each) for each in db.session.scalars(wanted.order_by(DentalCase.id))]
