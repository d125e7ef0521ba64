"""The whole life of a container on one page: what happened, whence it comes, what came of it, what it is billed as."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import String, literal, or_, select, union_all
from sqlalchemy.orm import aliased, joinedload

from clinic.base import db
from clinic.models import Fact, Staff
from clinic.services.acting import Actor
from clinic.services.clock import now
from clinic.services.find import Unknown
from lab.domain.charges import LabCharge
from lab.domain.container import Container
from lab.domain.container_story import Told, undone
from lab.domain.events import body_of
from lab.domain.narrate import Ref, Telling, narrate
from lab.domain.need import Need
from lab.domain.sprec import sprec
from lab.domain.stability import use_by
from lab.domain.whole_catalogue import Catalogue
from lab.models import Device, LabelPrint, Package, Specimen, StoragePlace
from lab.services.billed_as import billed_as
from lab.services.catalogue import catalogue_on
from lab.services.specimens import THING, container_of
from lab.steps.registry import flags_of, task_of
from lab.steps.step import Flag, Task


@dataclass(frozen=True, kw_only=True)
class Line:
    """One fact as the page tells it."""

    sequence: int
    at: datetime
    told_at: datetime
    telling: Telling
    who: str
    reason: str | None
    undone: bool


@dataclass(frozen=True, kw_only=True)
class Life:
    """Everything on the page."""

    row: Specimen
    container: Container
    lines: list[Line]
    family: list[Specimen]
    """Where it comes from and what came of it: parent, aliquots, the set, what it replaces and what replaces it."""
    limits: list[tuple[Need, datetime | None]]
    flags: tuple[Flag, ...]
    task: Task | None
    sprec: str | None
    charges: list[LabCharge]
    labels: list[LabelPrint]
    names: dict[Ref, str] = field(default_factory=dict)
    tests: dict[str, str] = field(default_factory=dict)
    """What its tests are called, by key: message ids, or the practice's own words."""


def life_of(actor: Actor, number: str) -> Life:
    """The page of a container.

    Raises:
        Unknown: there is none of that number in the practice.
    """
    row = db.session.scalar(
        select(Specimen)
        .where(Specimen.practice_id == actor.practice_id, Specimen.number == number)
        .options(joinedload(Specimen.patient))
    )
    if row is None:
        raise Unknown(THING)
    container = container_of(row)
    facts, who = _facts(row)
    family = _family(row)
    at = now()
    catalogue = catalogue_on(actor.practice_id, (container.collected_at or at).date())
    return Life(
        row=row,
        container=container,
        lines=_lines(facts, who),
        family=family,
        limits=[(need, use_by(container, need)) for need in container.needs],
        flags=flags_of(container, at),
        task=task_of(container),
        sprec=_sprec(catalogue, container, at),
        charges=billed_as(row, container),
        labels=_labels(row),
        names=_names(row, facts, family),
        tests={need.test: catalogue.tests[need.test].name for need in container.needs if need.test in catalogue.tests},
    )


def _facts(row: Specimen) -> tuple[list[tuple[Fact, Told]], dict[int, str]]:
    wanted = (
        select(Fact, Staff.first, Staff.last)
        .outerjoin(Staff, Staff.id == Fact.actor_id)
        .where(Fact.practice_id == row.practice_id, Fact.thing == THING, Fact.thing_id == row.id)
        .order_by(Fact.sequence)
    )
    found, who = [], {}
    for fact, first, last in db.session.execute(wanted):
        found.append((fact, Told(fact.type, body_of(fact.type, fact.version, fact.body), fact.actor_id)))
        if fact.actor_id is not None:
            who[fact.actor_id] = f"{first} {last}".strip()
    return found, who


def _lines(facts: list[tuple[Fact, Told]], who: dict[int, str]) -> list[Line]:
    gone = undone(told for _, told in facts)
    return [
        Line(
            sequence=fact.sequence,
            at=getattr(told.body, "at", fact.at),
            told_at=fact.at,
            telling=narrate(fact.type, told.body),
            who=who.get(fact.actor_id or 0, ""),
            reason=fact.reason,
            undone=fact.sequence in gone,
        )
        for fact, told in facts
    ]


def _family(row: Specimen) -> list[Specimen]:
    parent = aliased(Specimen)
    kin = [Specimen.parent_id == row.id, Specimen.recollects_id == row.id]
    kin += [Specimen.id == other for other in (row.parent_id, row.recollects_id) if other is not None]
    if row.set_number:
        kin.append(Specimen.set_number == row.set_number)
    if row.parent_id is not None:
        kin.append(Specimen.parent_id == row.parent_id)
        above = select(parent.parent_id).where(parent.id == row.parent_id, parent.practice_id == row.practice_id)
        kin.append(Specimen.id.in_(above))
    wanted = select(Specimen).where(Specimen.practice_id == row.practice_id, Specimen.id != row.id, or_(*kin))
    return list(db.session.scalars(wanted.order_by(Specimen.id)))


def _labels(row: Specimen) -> list[LabelPrint]:
    wanted = select(LabelPrint).where(
        LabelPrint.practice_id == row.practice_id, LabelPrint.specimen_id == row.id, LabelPrint.state == "sent"
    )
    return list(db.session.scalars(wanted.order_by(LabelPrint.id)))


def _sprec(catalogue: Catalogue, container: Container, at: datetime) -> str | None:
    if container.collected_at is None:
        return None
    test = catalogue.tests.get(container.needs[0].test) if container.needs else None
    holder = catalogue.holders.get(container.holder)
    return sprec(container, test.specimen_code if test else None, holder.additive if holder else None, at)


def _names(row: Specimen, facts: list[tuple[Fact, Told]], family: Iterable[Specimen]) -> dict[Ref, str]:
    """What the rows are called that the lines name, in one statement."""
    refs = {
        each
        for fact, told in facts
        for each in (narrate(fact.type, told.body).params or {}).values()
        if isinstance(each, Ref)
    }
    names = {Ref("container", kin.id): kin.number for kin in (*family, row)}
    tables: dict[str, Any] = {"device": Device, "place": StoragePlace, "package": Package, "container": Specimen}
    arms = []
    for kind, model in tables.items():
        ids = [ref.id for ref in refs if ref.kind == kind and ref not in names]
        if ids:
            called = model.name if kind in {"device", "place"} else model.number
            arms.append(
                select(literal(kind, String).label("kind"), model.id.label("id"), called.label("name")).where(
                    model.practice_id == row.practice_id, model.id.in_(ids)
                )
            )
    for kind, id_, name in db.session.execute(union_all(*arms)) if arms else ():
        names[Ref(kind, id_)] = name
    return names
