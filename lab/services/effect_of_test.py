"""What a change of a test would do: to its tubes in hand, and to what is still to be planned."""

from __future__ import annotations

from datetime import date, datetime

from msgspec.structs import replace
from sqlalchemy import select

from clinic.base import db
from clinic.domain.value import Value
from clinic.services.acting import Actor
from lab.domain.catalogue import TestFacts
from lab.domain.container import OPEN, Container
from lab.domain.need import Need, need_of
from lab.domain.stability import use_by
from lab.domain.tube_plan import plan
from lab.domain.whole_catalogue import Catalogue, differing
from lab.models import LabOrder, OrderLine, Specimen, SpecimenTest
from lab.services.catalogue import catalogue_on
from lab.services.specimens import container_of


class Moved(Value, frozen=True, kw_only=True):
    """An open container whose use-by would be another under the new values. It keeps the one it was planned with."""

    specimen_id: int
    number: str
    now: datetime | None = None
    then: datetime | None = None


class Replanned(Value, frozen=True, kw_only=True):
    """An order not yet signed whose plan becomes another."""

    order_id: int
    number: str
    before: int
    """Containers as the catalogue stands."""
    after: int


class Effect(Value, frozen=True, kw_only=True):
    """What a change does."""

    fields: tuple[str, ...] = ()
    containers: int
    """Open containers that serve the test."""
    moved: tuple[Moved, ...] = ()
    drafts: int
    """Orders in draft that ask for it."""
    replanned: tuple[Replanned, ...] = ()


def effect_of(actor: Actor, test: TestFacts, on: date, laboratory_id: int | None = None) -> Effect:
    """The effect of setting a test from a day on. Three statements besides the catalogue's, and nothing is changed."""
    catalogue = catalogue_on(actor.practice_id, on, laboratory_id)
    before = catalogue.tests.get(test.key)
    containers = _containers(actor, test.key, laboratory_id)
    moved = tuple(found for row in containers if (found := _moved(row, test)) is not None)
    drafts = _drafts(actor, test.key, laboratory_id)
    after = replace(catalogue, tests={**catalogue.tests, test.key: test})
    plans = (_replanned(order, keys, catalogue, after) for order, keys in drafts)
    replanned = tuple(each for each in plans if each is not None)
    return Effect(
        fields=tuple(differing(before, test)),
        containers=len(containers),
        moved=moved,
        drafts=len(drafts),
        replanned=replanned,
    )


def _containers(actor: Actor, key: str, laboratory_id: int | None) -> list[Specimen]:
    wanted = (
        select(Specimen)
        .join(
            SpecimenTest,
            (SpecimenTest.practice_id == Specimen.practice_id) & (SpecimenTest.specimen_id == Specimen.id),
        )
        .outerjoin(
            OrderLine,
            (OrderLine.practice_id == SpecimenTest.practice_id) & (OrderLine.id == SpecimenTest.line_id),
        )
        .where(Specimen.practice_id == actor.practice_id, SpecimenTest.test_key == key, Specimen.state.in_(OPEN))
        .order_by(Specimen.id)
    )
    if laboratory_id is not None:
        wanted = wanted.where(OrderLine.laboratory_id == laboratory_id)
    return list(db.session.scalars(wanted).unique())


def _moved(row: Specimen, test: TestFacts) -> Moved | None:
    container: Container = container_of(row)
    need = next((each for each in container.needs if each.test == test.key), None)
    if need is None:
        return None
    now, then = use_by(container, need), use_by(container, _as_new(need, test))
    if now == then:
        return None
    return Moved(specimen_id=row.id, number=row.number, now=now, then=then)


def _as_new(need: Need, test: TestFacts) -> Need:
    return need_of(test, line_id=need.line_id, in_house=need.in_house)


def _drafts(actor: Actor, key: str, laboratory_id: int | None) -> list[tuple[LabOrder, list[str]]]:
    asking = select(OrderLine.order_id).where(OrderLine.practice_id == actor.practice_id, OrderLine.test_key == key)
    if laboratory_id is not None:
        asking = asking.where(OrderLine.laboratory_id == laboratory_id)
    rows = db.session.execute(
        select(LabOrder, OrderLine.test_key)
        .join(OrderLine, (OrderLine.practice_id == LabOrder.practice_id) & (OrderLine.order_id == LabOrder.id))
        .where(
            LabOrder.practice_id == actor.practice_id,
            LabOrder.state == "draft",
            OrderLine.state != "cancelled",
            LabOrder.id.in_(asking),
        )
        .order_by(LabOrder.id, OrderLine.position)
    )
    found: dict[int, tuple[LabOrder, list[str]]] = {}
    for order, test_key in rows:
        found.setdefault(order.id, (order, []))[1].append(test_key)
    return list(found.values())


def _replanned(order: LabOrder, keys: list[str], before: Catalogue, after: Catalogue) -> Replanned | None:
    was, will = (
        plan([known.tests[key] for key in keys if key in known.tests], known.holders, pediatric=order.pediatric)
        for known in (before, after)
    )
    if was.containers == will.containers:
        return None
    return Replanned(order_id=order.id, number=order.number, before=len(was.containers), after=len(will.containers))
