"""What waits to be sent, by laboratory and place, with the courier who comes next; and the packages under way."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from clinic.base import db
from clinic.models import Location
from clinic.services.acting import Actor
from clinic.services.clock import now
from lab.domain.courier import next_cutoff
from lab.domain.packing import Asked
from lab.models import Laboratory, OrderLine, Package, PackageItem, Specimen, SpecimenTest
from lab.services import waiting
from lab.services.fitting import asked_of

MOST = 400
"""Containers a page lists; those that expire first."""
UNDER_WAY = ("open", "sealed", "handed_over", "delivered")


class Waiting(NamedTuple):
    """A container to be sent."""

    row: Specimen
    late: bool
    """Its use-by is past when the courier comes."""


class Round(NamedTuple):
    """What goes to one laboratory from one place."""

    laboratory: Laboratory | None
    """None where no order says who runs the tests."""
    location: Location
    cutoff_at: datetime | None
    rows: list[Waiting]

    @property
    def late(self) -> int:
        """How many will not keep until the courier comes."""
        return sum(each.late for each in self.rows)

    @property
    def condition(self) -> str:
        """What most of them are kept at."""
        kept = [
            "refrigerated" if each.row.condition == "on_ice" else each.row.condition or "room" for each in self.rows
        ]
        return max(sorted(set(kept)), key=kept.count) if kept else "room"


class UnderWay(NamedTuple):
    """A package that is not done with."""

    row: Package
    items: int
    missed: bool
    """Its courier has come and gone without it."""


class ToPack(NamedTuple):
    """The whole page."""

    rounds: list[Round]
    packages: list[UnderWay]
    total: int
    listed: int
    laboratories: list[Laboratory]
    locations: list[Location]


def to_pack(actor: Actor) -> ToPack:
    """Everything, in six statements however much waits."""
    at = now()
    rows = db.session.scalars(
        select(Specimen)
        .where(waiting.to_pack(actor))
        .options(joinedload(Specimen.patient))
        .order_by(Specimen.use_by_at.is_(None), Specimen.use_by_at, Specimen.id)
        .limit(MOST)
    ).all()
    total = len(rows)
    if total == MOST:
        total = db.session.scalar(select(func.count()).select_from(Specimen).where(waiting.to_pack(actor))) or 0
    laboratories = laboratories_of(actor)
    places = db.session.scalars(
        select(Location).where(Location.practice_id == actor.practice_id).order_by(Location.id)
    ).all()
    asked = asked_of(actor.practice_id, [row.id for row in rows])
    return ToPack(
        rounds=_rounds(rows, asked, laboratories, places, at),
        packages=_under_way(actor, at),
        total=total,
        listed=len(rows),
        laboratories=[each for each in laboratories if each.active],
        locations=[each for each in places if each.active],
    )


def laboratories_of(actor: Actor) -> list[Laboratory]:
    """Those that take specimens, by name."""
    wanted = select(Laboratory).where(Laboratory.practice_id == actor.practice_id, ~Laboratory.dental)
    return list(db.session.scalars(wanted.order_by(Laboratory.name, Laboratory.id)))


def _rounds(
    rows: Iterable[Specimen],
    asked: dict[int, dict[str, Asked]],
    laboratories: Sequence[Laboratory],
    places: Sequence[Location],
    at: datetime,
) -> list[Round]:
    by_id, by_place = {each.id: each for each in laboratories}, {each.id: each for each in places}
    rounds: dict[tuple[int | None, int], Round] = {}
    for row in rows:
        lines = [line for line in asked.get(row.id, {}).values() if line.state != "cancelled"]
        to: list[int | None] = [each.id for each in laboratories if each.id in {line.laboratory_id for line in lines}]
        for laboratory_id in to or [None]:
            place = by_place[row.location_id]
            found = rounds.get((laboratory_id, place.id))
            if found is None:
                laboratory = by_id[laboratory_id] if laboratory_id is not None else None
                comes = next_cutoff(laboratory.cutoff, place.time_zone, at) if laboratory else None
                found = rounds[laboratory_id, place.id] = Round(laboratory, place, comes, [])
            leaves = found.cutoff_at or at
            found.rows.append(Waiting(row, late=row.use_by_at is not None and row.use_by_at < leaves))
    far = max((each.cutoff_at for each in rounds.values() if each.cutoff_at), default=at)
    return sorted(
        rounds.values(),
        key=lambda each: (
            each.cutoff_at is None,
            each.cutoff_at or far,
            each.laboratory.name if each.laboratory else "",
        ),
    )


def _under_way(actor: Actor, at: datetime) -> list[UnderWay]:
    items = (
        select(func.count())
        .select_from(PackageItem)
        .where(PackageItem.practice_id == Package.practice_id, PackageItem.package_id == Package.id)
        .scalar_subquery()
    )
    found = db.session.execute(
        select(Package, items.label("items"))
        .where(Package.practice_id == actor.practice_id, Package.state.in_(UNDER_WAY))
        .options(joinedload(Package.laboratory))
        .order_by(Package.id.desc())
        .limit(MOST)
    )
    here = {"open", "sealed"}
    return [
        UnderWay(row[0], row.items, missed=row[0].state in here and bool(row[0].cutoff_at) and row[0].cutoff_at < at)
        for row in found
    ]


def for_laboratory(actor: Actor, laboratory_id: int, location_id: int) -> list[Specimen]:
    """Containers here with a test that one laboratory runs, whatever is still to be done to them. One statement."""
    serves = (
        select(SpecimenTest.specimen_id)
        .join(OrderLine, OrderLine.id == SpecimenTest.line_id)
        .where(
            SpecimenTest.practice_id == actor.practice_id,
            OrderLine.laboratory_id == laboratory_id,
            OrderLine.state != "cancelled",
        )
    )
    wanted = (
        select(Specimen)
        .where(
            Specimen.practice_id == actor.practice_id,
            Specimen.location_id == location_id,
            Specimen.state == "collected",
            Specimen.step.is_not(None),
            Specimen.id.in_(serves),
        )
        .options(joinedload(Specimen.patient))
        .order_by(Specimen.use_by_at.is_(None), Specimen.use_by_at, Specimen.id)
        .limit(MOST)
    )
    return list(db.session.scalars(wanted))
