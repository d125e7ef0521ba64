"""What is due at the bench, nearest first: containers at their next limit, and packages at their courier's."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any, NamedTuple

import msgspec
from sqlalchemy import func, select

from clinic.base import db
from clinic.domain.words import N_
from clinic.models import Patient
from clinic.services.acting import Actor
from clinic.services.clock import now
from lab.domain.container import Container
from lab.domain.doing import limits, started, to_do
from lab.domain.saying import Saying
from lab.models import Laboratory, Package, PackageItem, Specimen
from lab.services.waiting import SOON, in_hand, order_of_due

ROWS = 60
"""What a board shows; the head says how many there are."""
PACKAGES = 12


class Due(NamedTuple):
    """One row of the board."""

    number: str
    words: str
    """What to do; a message id."""
    limits: tuple[Saying, ...]
    at: datetime | None
    since: datetime | None
    """From when the bar of the time left is counted."""
    cap: str | None
    """A cap's colour; None for a package."""
    who: str
    """The patient, or the laboratory a package goes to."""
    specimen_id: int | None = None
    patient_id: int | None = None
    step: str = ""


class Heads(NamedTuple):
    """How many there are in all."""

    total: int
    late: int
    soon: int
    """Due within a quarter of an hour, and not late."""


class Board(NamedTuple):
    """The board at an instant."""

    rows: list[Due]
    heads: Heads
    now: datetime


def board(actor: Actor, location_id: int | None = None) -> Board:
    """What is due now, at one place or at all, in three statements however many containers are open."""
    at = now()
    rows = sorted(
        (*_containers(actor, at, location_id), *_packages(actor, location_id)),
        key=lambda due: (due.at is None, due.at or at, due.number),
    )
    return Board(rows[:ROWS], _heads(actor, at, location_id), at)


def _containers(actor: Actor, at: datetime, location_id: int | None) -> Iterator[Due]:
    wanted = (
        select(
            Specimen.id,
            Specimen.number,
            Specimen.step,
            Specimen.running,
            Specimen.ready_at,
            Specimen.due_at,
            Specimen.collected_at,
            Specimen.cap,
            Specimen.patient_id,
            Specimen.standing,
            Patient.last,
            Patient.first,
        )
        .join(Patient, (Patient.practice_id == Specimen.practice_id) & (Patient.id == Specimen.patient_id))
        .where(in_hand(actor), *_at(Specimen.location_id, location_id))
        .order_by(order_of_due().nulls_last(), Specimen.id)
        .limit(ROWS)
    )
    for row in db.session.execute(wanted):
        waits = row.ready_at is not None and row.ready_at > at
        step = "clot" if waits and not row.running else row.step
        standing = msgspec.convert(row.standing, Container, strict=True)
        yield Due(
            number=row.number,
            words=to_do(step, running=row.running),
            limits=limits(standing, step, running=row.running),
            at=row.ready_at if waits else row.due_at,
            since=started(standing) if row.running else row.collected_at,
            cap=row.cap,
            who=f"{row.last}, {row.first}",
            specimen_id=row.id,
            patient_id=row.patient_id,
            step=step,
        )


def _packages(actor: Actor, location_id: int | None) -> Iterator[Due]:
    items = select(func.count()).where(PackageItem.package_id == Package.id).correlate(Package).scalar_subquery()
    wanted = (
        select(Package.number, Package.cutoff_at, Package.created_at, Laboratory.name, items.label("items"))
        .join(Laboratory, (Laboratory.practice_id == Package.practice_id) & (Laboratory.id == Package.laboratory_id))
        .where(
            Package.practice_id == actor.practice_id,
            Package.state.in_(("open", "sealed")),
            Package.cutoff_at.is_not(None),
            *_at(Package.location_id, location_id),
        )
        .order_by(Package.cutoff_at, Package.id)
        .limit(PACKAGES)
    )
    for row in db.session.execute(wanted):
        yield Due(
            number=row.number,
            words=N_("Courier"),
            limits=(Saying(N_("%(count)s in the box"), (("count", row.items),)),),
            at=row.cutoff_at,
            since=row.created_at,
            cap=None,
            who=row.name,
            step="courier",
        )


def _heads(actor: Actor, at: datetime, location_id: int | None) -> Heads:
    due = order_of_due()
    row = db.session.execute(
        select(
            func.count().label("total"),
            func.count().filter(due < at).label("late"),
            func.count().filter(due >= at, due <= at + SOON).label("soon"),
        ).where(in_hand(actor), *_at(Specimen.location_id, location_id))
    ).one()
    return Heads(row.total, row.late, row.soon)


def _at(column: Any, location_id: int | None) -> tuple[Any, ...]:
    """The condition that something stands at a place; none for all places."""
    return () if location_id is None else (column == location_id,)
