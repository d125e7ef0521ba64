"""What of a container a package has to know: who asked for its tests, the pieces of its set, where else it lies."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from sqlalchemy import and_, or_, select

from clinic.base import db
from clinic.models import Location
from lab.domain.container import Container
from lab.domain.courier import still_to_come
from lab.domain.package_story import Consignment
from lab.domain.packing import Asked, Going, Remark, remarks
from lab.models import Laboratory, OrderLine, Package, PackageItem, Specimen, SpecimenTest
from lab.services.specimens import container_of


def going_of(sent: Consignment, laboratory: Laboratory, location: Location, now: datetime) -> Going:
    """A package as containers meet it: for the courier it was opened for, or the next once that one has gone."""
    return Going(
        laboratory_id=sent.laboratory_id,
        condition=sent.condition,
        cutoff_at=still_to_come(sent.cutoff_at, laboratory.cutoff, location.time_zone, now),
    )


def asked_of(practice_id: int, specimen_ids: Collection[int]) -> dict[int, dict[str, Asked]]:
    """By container and test: the laboratory and state of the order's line. One statement."""
    found: dict[int, dict[str, Asked]] = {}
    if not specimen_ids:
        return found
    rows = db.session.execute(
        select(SpecimenTest.specimen_id, SpecimenTest.test_key, OrderLine.laboratory_id, OrderLine.state)
        .join(OrderLine, OrderLine.id == SpecimenTest.line_id)
        .where(SpecimenTest.practice_id == practice_id, SpecimenTest.specimen_id.in_(specimen_ids))
    )
    for row in rows:
        found.setdefault(row.specimen_id, {})[row.test_key] = Asked(laboratory_id=row.laboratory_id, state=row.state)
    return found


def pieces_of(practice_id: int, sets: Collection[str]) -> dict[str, list[Specimen]]:
    """The pieces of sets, by the number of the set: those that were not given up. One statement, none without sets."""
    found: dict[str, list[Specimen]] = {}
    if not sets:
        return found
    wanted = select(Specimen).where(
        Specimen.practice_id == practice_id,
        Specimen.set_number.in_(sets),
        Specimen.state.not_in(("void", "missed")),
    )
    for row in db.session.scalars(wanted.order_by(Specimen.id)):
        found.setdefault(row.set_number or "", []).append(row)
    return found


def lies_in(practice_id: int, specimen_id: int, but: int) -> bool:
    """Whether another package holds it, or left with it and nobody has said yet how it arrived."""
    holds = or_(
        Package.state.in_(("open", "sealed")),
        and_(Package.state.in_(("handed_over", "delivered")), PackageItem.receipt.is_(None)),
    )
    wanted = (
        select(PackageItem.id)
        .join(Package, Package.id == PackageItem.package_id)
        .where(PackageItem.practice_id == practice_id, PackageItem.specimen_id == specimen_id)
        .where(PackageItem.package_id != but, holds)
    )
    return db.session.scalar(wanted.limit(1)) is not None


def judged(
    rows: Sequence[Specimen],
    going: Going,
    at: datetime,
    asked: Mapping[int, Mapping[str, Asked]],
    pieces: Mapping[str, Sequence[Specimen]],
) -> dict[int, tuple[Remark, ...]]:
    """What speaks against each container."""
    return {row.id: remarks(container_of(row), asked.get(row.id, {}), going, at, _others(row, pieces)) for row in rows}


def _others(row: Specimen, pieces: Mapping[str, Sequence[Specimen]]) -> list[Container]:
    return [container_of(each) for each in pieces.get(row.set_number or "", ()) if each.id != row.id]
