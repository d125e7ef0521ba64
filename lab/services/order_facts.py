"""Orders as rows: what every act on an order goes through (law 2).

``tell`` offers the act to the order, appends the fact, carries the rows along and leaves the journal row.
"""

from __future__ import annotations

from typing import Any

import msgspec
from sqlalchemy import select

from clinic.domain.value import Value, as_json
from clinic.models import Fact
from clinic.services.acting import Work
from clinic.services.number import next_number
from lab.domain.catalogue import TestFacts
from lab.domain.order_notice import Notice
from lab.domain.order_refusals import refused
from lab.domain.order_story import Entered, Line, LineAdded, NotSo, Order, Told, after, begin, body_of, fold
from lab.models import LabOrder, OrderLine

THING = "lab_order"

_HEAD = ("number", "patient_id", "visit_id", "provider_id", "location_id", "ordered_on", "planned_on")
_REST = ("priority", "state", "pediatric", "sequence")
_LINE = ("position", "in_house", "laboratory_id", "state", "reason", "sent_on", "due_on", "resulted_at")


def number_for(work: Work) -> str:
    """The next order's number."""
    return f"L{next_number(work, THING):06d}"


def order_of(order: LabOrder) -> Order:
    """The row and its lines as the value they project."""
    head: dict[str, Any] = {name: getattr(order, name) for name in (*_HEAD, *_REST)}
    return Order(**head, lines=tuple(_line_of(line) for line in order.lines))


def _line_of(row: OrderLine) -> Line:
    same: dict[str, Any] = {name: getattr(row, name) for name in _LINE}
    return Line(
        **same,
        line_id=row.id,
        test=row.test_key,
        facts=row.facts,
        held_for=tuple(row.held_for),
        diagnoses=tuple(row.diagnoses),
        answers=row.answers or None,
        notice=notice_of(row),
    )


def notice_of(row: OrderLine) -> Notice | None:
    """The notice that was printed for a line."""
    return None if row.notice is None else msgspec.convert(row.notice, Notice, strict=True)


def begin_order(work: Work, body: Entered) -> LabOrder:
    """An order's row with its first fact."""
    row = LabOrder(practice_id=work.actor.practice_id, created_at=work.at, changed_at=work.at)
    _head(row, begin(body))
    work.session.add(row)
    work.session.flush()
    work.fact(THING, row.id, "order.entered", as_json(body))
    work.journal(THING, row.id, detail="order.entered")
    return row


def add_line(
    work: Work,
    order: LabOrder,
    test: TestFacts,
    *,
    in_house: bool,
    laboratory_id: int | None,
    diagnoses: tuple[str, ...] = (),
    reason: str | None = None,
    answers: dict[str, str] | None = None,
) -> OrderLine:
    """A further test of an order, with what the catalogue says of it today.

    Raises:
        Refused: the order was cancelled.
    """
    before = order_of(order)
    row = OrderLine(
        practice_id=order.practice_id,
        order_id=order.id,
        position=max((line.position for line in before.lines), default=0) + 1,
        test_key=test.key,
        in_house=in_house,
        laboratory_id=None if in_house else laboratory_id,
        state="draft",
        held_for=[],
        diagnoses=list(diagnoses),
        reason=reason,
        answers=answers or {},
        facts=as_json(test),
        changed_at=work.at,
    )
    work.session.add(row)
    work.session.flush()
    body = LineAdded(
        line_id=row.id,
        position=row.position,
        test=test.key,
        in_house=in_house,
        facts=row.facts,
        laboratory_id=row.laboratory_id,
        diagnoses=diagnoses,
        reason=reason,
        answers=answers or None,
    )
    now = _offer(work, before, "order.line_added", body)
    work.fact(THING, order.id, "order.line_added", as_json(body))
    _head(order, now)
    order.changed_at = work.at
    work.session.expire(order, ["lines"])
    work.journal(THING, order.id, detail="order.line_added")
    return row


def tell(work: Work, order: LabOrder, type_: str, body: Value, reason: str | None = None) -> Order:
    """Append an act to an order, carry its rows along and journal it.

    Raises:
        Refused: the act does not fit.
    """
    before = order_of(order)
    now = _offer(work, before, type_, body)
    work.fact(THING, order.id, type_, as_json(body), reason=reason)
    _carry(work, order, before, now)
    work.journal(THING, order.id, detail=type_)
    return now


def _offer(work: Work, before: Order, type_: str, body: Value) -> Order:
    try:
        return after(before, Told(type_, body, work.at))
    except NotSo as why:
        raise refused(why) from why


def told_of(work: Work, order: LabOrder) -> list[Told]:
    """The order's facts, in order."""
    wanted = select(Fact).where(Fact.practice_id == order.practice_id, Fact.thing == THING, Fact.thing_id == order.id)
    facts = work.session.scalars(wanted.order_by(Fact.sequence))
    return [Told(fact.type, body_of(fact.type, fact.version, fact.body), fact.at) for fact in facts]


def refold(work: Work, order: LabOrder) -> Order:
    """The order as its facts make it, whatever the rows say."""
    return fold(told_of(work, order))


def _carry(work: Work, order: LabOrder, before: Order, now: Order) -> None:
    _head(order, now)
    order.changed_at = work.at
    was = {line.line_id: line for line in before.lines}
    rows = {row.id: row for row in order.lines}
    for line in now.lines:
        if line != was.get(line.line_id):
            _project(rows[line.line_id], line)
            rows[line.line_id].changed_at = work.at


def _head(row: LabOrder, now: Order) -> None:
    for name in (*_HEAD, *_REST):
        setattr(row, name, getattr(now, name))


def _project(row: OrderLine, now: Line) -> None:
    for name in _LINE:
        setattr(row, name, getattr(now, name))
    row.facts = now.facts
    row.held_for = list(now.held_for)
    row.diagnoses = list(now.diagnoses)
    row.answers = now.answers or {}
    row.notice = as_json(now.notice) if now.notice is not None else None
