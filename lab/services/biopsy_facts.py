"""What is told of specimens from the mouth, as rows: what every act goes through (law 2)."""

from __future__ import annotations

from collections.abc import Collection, Iterable

import msgspec
from sqlalchemy import select

from clinic.base import db
from clinic.domain.value import as_json
from clinic.models import Fact
from clinic.services.acting import Actor, Work
from clinic.services.find import one
from lab.domain.biopsy_story import (
    Biopsy,
    Described,
    ImageAdded,
    ImageRemoved,
    after,
    begin,
    biopsy_body,
    biopsy_refused,
    fold,
)
from lab.domain.container import NotPossible
from lab.domain.order_story import REPORTED
from lab.models import BiopsyRecord, LabOrder, OrderLine
from lab.services.plan_containers import facts_of

THING = "biopsy"
RIGHT = "lab.order"
CATEGORY = "dental pathology"


def of_the_mouth(line: OrderLine) -> bool:
    """Whether the line's specimen is taken from the mouth."""
    test = facts_of(line)
    return test.category == CATEGORY and "site" in test.ask


def oral_line(actor: Actor, line_id: int) -> OrderLine:
    """A line whose specimen is taken from the mouth.

    Raises:
        Unknown: there is no such line in the practice.
        Refused: its specimen is another.
    """
    line = one(actor, OrderLine, line_id)
    if not of_the_mouth(line):
        raise biopsy_refused(NotPossible("not_oral"), line.test_key)
    return line


def lines_of_the_mouth(order: LabOrder) -> list[OrderLine]:
    """The lines of an order that may still be described."""
    return [line for line in order.lines if line.state not in CLOSED and of_the_mouth(line)]


CLOSED = frozenset(REPORTED) | {"cancelled"}
"""States of a line after which what was said stays as it is."""


def still_open(line: OrderLine) -> None:
    """Insist that something may still be said of a line's specimen.

    Raises:
        Refused: its result is in, or it was taken off.
    """
    if line.state in CLOSED:
        raise biopsy_refused(NotPossible("reported"), line.test_key)


def biopsy_of(row: BiopsyRecord) -> Biopsy:
    """The row as the value it projects."""
    return msgspec.convert(row.standing, Biopsy, strict=True)


def rows_of(actor: Actor, line_ids: Collection[int]) -> dict[int, BiopsyRecord]:
    """What is told of the specimens of some lines, by the line. One statement, none where there is no line."""
    if not line_ids:
        return {}
    wanted = select(BiopsyRecord).where(
        BiopsyRecord.practice_id == actor.practice_id, BiopsyRecord.line_id.in_(line_ids)
    )
    return {row.line_id: row for row in db.session.scalars(wanted)}


def described(work: Work, row: BiopsyRecord | None, body: Described) -> BiopsyRecord:
    """Tell what is said of a specimen: with its first fact, or anew."""
    if row is not None:
        tell_biopsy(work, row, "biopsy.described", body)
        return row
    new = BiopsyRecord(
        practice_id=work.actor.practice_id,
        line_id=body.line_id,
        order_id=body.order_id,
        patient_id=body.patient_id,
        created_at=work.at,
        changed_at=work.at,
    )
    _project(new, begin(body))
    work.session.add(new)
    work.session.flush()
    _append(work, new, "biopsy.described", body)
    return new


def tell_biopsy(
    work: Work,
    row: BiopsyRecord,
    type_: str,
    body: Described | ImageAdded | ImageRemoved,
    *,
    reason: str | None = None,
) -> Biopsy:
    """Append an act, carry the row along and journal it.

    Raises:
        Refused: the act does not fit.
    """
    try:
        now = after(biopsy_of(row), type_, body)
    except NotPossible as why:
        raise biopsy_refused(why) from why
    _append(work, row, type_, body, reason)
    _project(row, now)
    row.changed_at = work.at
    return now


def refold_biopsy(row: BiopsyRecord) -> Biopsy:
    """What the facts make, whatever the row says."""
    wanted = select(Fact).where(Fact.practice_id == row.practice_id, Fact.thing == THING, Fact.thing_id == row.id)
    facts: Iterable[Fact] = db.session.scalars(wanted.order_by(Fact.sequence))
    return fold((fact.type, biopsy_body(fact.type, fact.version, fact.body)) for fact in facts)


def _project(row: BiopsyRecord, now: Biopsy) -> None:
    row.site = now.said.site
    row.standing = as_json(now)
    row.sequence = now.sequence


def _append(
    work: Work,
    row: BiopsyRecord,
    type_: str,
    body: Described | ImageAdded | ImageRemoved,
    reason: str | None = None,
) -> None:
    work.fact(THING, row.id, type_, as_json(body), reason=reason)
    work.journal(THING, row.id, detail=type_)
