"""Entering and changing what the house is set up with: the row, the fact of what it was and is, the journal row.

The fact of an entry holds all of it, that of a change what was and what is, so that the rows can be made again from
their facts (law 2). A change is bound to what its maker saw: of two who change the same, the second is told.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any, TypeVar

import msgspec
from sqlalchemy import select
from sqlalchemy.orm.exc import StaleDataError

from clinic.base import Base
from clinic.domain.value import Value
from clinic.services.acting import Work
from clinic.services.find import Unknown

Row = TypeVar("Row", bound=Base)
Facts = TypeVar("Facts", bound=Value)
_ORDERED = msgspec.json.Encoder(order="deterministic")


class Overtaken(StaleDataError):
    """What was to be changed is no longer what was seen; ``now`` is what it is."""

    def __init__(self, now: Value) -> None:
        super().__init__(type(now).__name__)
        self.now = now


def print_of(facts: Value) -> str:
    """What a change says it has seen: a digest of the facts."""
    return hashlib.sha256(_ORDERED.encode(facts)).hexdigest()


def facts_of(kind: type[Facts], row: Base, **more: Any) -> Facts:
    """The row's columns as a value; ``more`` gives what is no column of it."""
    columns = {name: getattr(row, name) for name in kind.__struct_fields__ if name not in more}
    return msgspec.convert(columns | more, kind, from_attributes=True)


def held(work: Work, model: type[Row], row_id: int) -> Row:
    """The row of the actor's practice, read anew and held until the act commits.

    Raises:
        Unknown: there is none.
    """
    table: Any = model
    mine = table.id if model.__tablename__ == "practice" else table.practice_id
    row = work.session.scalar(
        select(model)
        .where(mine == work.actor.practice_id, table.id == row_id)
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    )
    if row is None:
        raise Unknown(model.__tablename__)
    return row


def enter(work: Work, row: Any, facts: Value, *, body: Mapping[str, Any] | None = None) -> int:
    """Put a new row in and tell of it; ``body`` is what the fact says where it is more than the facts."""
    work.session.add(row)
    work.session.flush()
    thing = row.__tablename__
    work.fact(thing, row.id, f"{thing}.entered", {"after": dict(body or said(facts))})
    work.journal(thing, row.id, detail="entered")
    found: int = row.id
    return found


def differences(before: Value, after: Value) -> dict[str, dict[str, Any]]:
    """What a change changes: ``{"before": {…}, "after": {…}}`` of the fields that differ; empty where none does."""
    was, now = said(before), said(after)
    changed = [name for name in now if was[name] != now[name]]
    if not changed:
        return {}
    return {"before": {name: was[name] for name in changed}, "after": {name: now[name] for name in changed}}


def tell_change(work: Work, row: Any, before: Value, after: Value, seen: str) -> bool:
    """Append the fact and the journal row of a change; gives whether there is anything to change.

    Raises:
        Overtaken: ``before`` is not what was seen.
    """
    if print_of(before) != seen:
        raise Overtaken(before)
    changed = differences(before, after)
    thing, thing_id = row.__tablename__, row.id
    if changed:
        work.fact(thing, thing_id, f"{thing}.changed", changed)
    work.journal(thing, thing_id, detail=" ".join(changed["after"]) if changed else "unchanged")
    return bool(changed)


def change(work: Work, row: Any, facts: Value, seen: str) -> None:
    """Change a row whose columns are named as the facts are.

    Raises:
        Overtaken: it is not what was seen.
    """
    before = facts_of(type(facts), row)
    if tell_change(work, row, before, facts, seen):
        for name, value in said(facts).items():
            setattr(row, name, value)


def said(facts: Value) -> dict[str, Any]:
    """Every field, absent ones included: what facts' bodies and rows are filled from."""
    return {name: msgspec.to_builtins(getattr(facts, name)) for name in facts.__struct_fields__}
