"""What the labels of containers say, from the rows: a constant number of statements, whatever their number."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import datetime
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from msgspec.structs import replace
from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload, selectinload

from clinic.base import db
from clinic.models import Location, Staff
from clinic.services.acting import Actor
from clinic.services.clock import now
from clinic.services.find import Unknown
from lab.documents.label import FORMALIN, STORAGE, Heads, Label, heads
from lab.domain.container import Container
from lab.domain.events import Stay
from lab.domain.need import Need
from lab.domain.stability import earliest, waiting
from lab.models import Laboratory, LabOrder, OrderLine, Specimen
from lab.services.shipped import shipped
from lab.services.specimens import container_of

FIXATIVES = frozenset({"F10", "FORM", "BF10"})
"""Additives (HL7 table 0371) that are formaldehyde in solution."""

WITH = (joinedload(Specimen.patient), selectinload(Specimen.tests))
"""What a container is loaded with to have its label made."""


def labels_of(actor: Actor, specimen_ids: Collection[int], said: Callable[[str], str]) -> dict[int, Label]:
    """The labels of containers by their ids, in the order they were asked for; ``said`` translates a message id.

    Raises:
        Unknown: one of them is no container of the practice.
    """
    wanted = select(Specimen).where(Specimen.practice_id == actor.practice_id, Specimen.id.in_(specimen_ids))
    rows = {row.id: row for row in db.session.scalars(wanted.options(*WITH))}
    if set(specimen_ids) - set(rows):
        raise Unknown(Specimen.__tablename__)
    found = _read(actor, list(rows.values()), said)
    return {each: _label(rows[each], found) for each in specimen_ids}


def label_of(actor: Actor, number: str, said: Callable[[str], str]) -> tuple[Specimen, Label]:
    """A container by its number, and its label.

    Raises:
        Unknown: there is none in the practice.
    """
    wanted = select(Specimen).where(Specimen.practice_id == actor.practice_id, Specimen.number == number)
    row = db.session.scalar(wanted.options(*WITH))
    if row is None:
        raise Unknown(Specimen.__tablename__)
    return row, _label(row, _read(actor, [row], said))


class _Read(NamedTuple):
    """What the labels need besides their containers."""

    zones: dict[int, str]
    initials: dict[int, str]
    lines: dict[int, tuple[dict[str, Any], int | None]]
    accounts: dict[int, str | None]
    orders: dict[int, str]
    parts: dict[int, int]
    sets: dict[str, int]
    said: Callable[[str], str]
    heads: Heads
    at: datetime


def _read(actor: Actor, rows: Sequence[Specimen], said: Callable[[str], str]) -> _Read:
    mine = actor.practice_id
    containers = [container_of(row) for row in rows]
    places = {row.location_id for row in rows}
    zones = db.session.execute(
        select(Location.id, Location.time_zone).where(Location.practice_id == mine, Location.id.in_(places))
    )
    people = {each.collected_by for each in containers if each.collected_by is not None}
    staff = _rows(
        people, select(Staff.id, Staff.first, Staff.last).where(Staff.practice_id == mine, Staff.id.in_(people))
    )
    line_ids = {test.line_id for row in rows for test in row.tests if test.line_id is not None}
    lines = _rows(
        line_ids,
        select(OrderLine.id, OrderLine.facts, OrderLine.laboratory_id, Laboratory.account)
        .outerjoin(Laboratory, OrderLine.laboratory_id == Laboratory.id)
        .where(OrderLine.practice_id == mine, OrderLine.id.in_(line_ids)),
    )
    asked = {row.order_id for row in rows if row.order_id is not None}
    orders = _rows(
        asked, select(LabOrder.id, LabOrder.number).where(LabOrder.practice_id == mine, LabOrder.id.in_(asked))
    )
    parents = {row.parent_id for row in rows if row.parent_id is not None}
    poured = _rows(
        parents,
        select(Specimen.parent_id, func.count())
        .where(Specimen.practice_id == mine, Specimen.parent_id.in_(parents), Specimen.state != "void")
        .group_by(Specimen.parent_id),
    )
    kits = {row.set_number for row in rows if row.set_number is not None}
    pieces = _rows(
        kits,
        select(Specimen.set_number, func.count())
        .where(Specimen.practice_id == mine, Specimen.set_number.in_(kits))
        .group_by(Specimen.set_number),
    )
    return _Read(
        zones={row.id: row.time_zone for row in zones},
        initials={key: f"{first[:1]}{last[:1]}".upper() for key, first, last in staff},
        lines={line.id: (line.facts, line.laboratory_id) for line in lines},
        accounts={line.laboratory_id: line.account for line in lines if line.laboratory_id is not None},
        orders={row.id: row.number for row in orders},
        parts={key: count for key, count in poured if key is not None},
        sets={key: count for key, count in pieces if key is not None},
        said=said,
        heads=heads(said),
        at=now(),
    )


def _rows(ids: Collection[Any], wanted: Select[*tuple[Any, ...]]) -> Sequence[Any]:
    """What is asked for; nothing is asked where there is nothing to look for."""
    return db.session.execute(wanted).all() if ids else ()


def _label(row: Specimen, read: _Read) -> Label:
    container, patient = container_of(row), row.patient
    zone = ZoneInfo(read.zones[row.location_id])
    here = [read.lines[test.line_id] for test in row.tests if test.line_id in read.lines]
    laboratories = {laboratory for _, laboratory in here if laboratory is not None}
    storage, use_by = _keeping(container, read.at)
    part, parts = _parts(container, read)
    return Label(
        number=row.number,
        last=patient.last,
        first=patient.first,
        middle=patient.middle,
        suffix=patient.suffix,
        birth=patient.birth,
        sex=patient.sex,
        chart_number=patient.chart_number,
        specimen=_specimen(row, [facts for facts, _ in here], read.said),
        site=container.site,
        collected=_local(container.collected_at, zone),
        initials=read.initials.get(container.collected_by or 0),
        part=part,
        parts=parts,
        storage=read.said(STORAGE[storage]) if storage in STORAGE else None,
        use_by=_local(use_by, zone),
        account=next((read.accounts[each] for each in sorted(laboratories) if read.accounts[each]), None),
        requisition=read.orders.get(row.order_id or 0) if laboratories else None,
        hazard=read.said(FORMALIN) if _fixed(row) else None,
        heads=read.heads,
    )


def _local(at: datetime | None, zone: ZoneInfo) -> datetime | None:
    """The clock on the wall, with its offset: so it is kept and printed again."""
    return at.astimezone(zone) if at is not None else None


def _specimen(row: Specimen, facts: list[dict[str, Any]], said: Callable[[str], str]) -> str:
    """What is in it, in the catalogue's words: of the tests as they were ordered, else of the container."""
    known = shipped()
    words = [each["specimen"] for each in facts if each.get("specimen")]
    words = words or [known.tests[test.test_key].specimen for test in row.tests if test.test_key in known.tests]
    if not words and row.holder in known.holders:
        words = [known.holders[row.holder].name]
    return " / ".join(dict.fromkeys(said(each) for each in words)) or row.number


def _fixed(row: Specimen) -> bool:
    holder = shipped().holders.get(row.holder)
    return holder is not None and holder.additive in FIXATIVES


def _parts(container: Container, read: _Read) -> tuple[int | None, int | None]:
    if container.child is not None and container.parent_id is not None:
        return container.child, max(read.parts.get(container.parent_id, 0), container.child)
    if container.piece is not None and container.set_number is not None:
        return container.piece, max(read.sets.get(container.set_number, 0), container.piece)
    return None, None


def _keeping(container: Container, at: datetime) -> tuple[str | None, datetime | None]:
    """Where it is to be kept, and until when it serves there."""
    needs = waiting(container)
    common = _common(needs)
    if common is None or container.collected_at is None or not container.stays:
        return common, None
    stays = container.stays
    if stays[-1].condition != common:
        stays = (*stays, Stay(condition=common, since=max(at, stays[-1].since)))  # type: ignore[arg-type]  # of _common
    return common, earliest(replace(container, stays=stays))


def _common(needs: Sequence[Need]) -> str | None:
    """The first storage that all tests accept, the first test's preference first; else that of the first test."""
    if not needs:
        return None
    for condition in needs[0].storage:
        if all(condition in need.storage or not need.storage for need in needs):
            return condition
    return needs[0].storage[0] if needs[0].storage else None
