"""Packages as rows: what every act on one goes through (law 2).

``tell_package`` offers the act to the package, appends the fact, carries its rows along and leaves the journal row.
What happens to the containers inside is told of each of them in the same act.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any, NamedTuple

import msgspec
from sqlalchemy import delete, select
from sqlalchemy.orm import selectinload

from clinic.base import db
from clinic.domain.value import Value, as_json
from clinic.models import Fact
from clinic.services.acting import Actor, Work, acting
from clinic.services.find import Unknown, one
from lab.domain.container import NotPossible
from lab.domain.package_events import ItemAdded, ItemRemoved, ReceiptGiven, ReceiptUndone, package_body
from lab.domain.package_refusals import package_refused
from lab.domain.package_story import Consignment, after, fold
from lab.models import Package, PackageItem, Specimen

THING = "package"
RIGHT = "lab.send"


class InHand(NamedTuple):
    """A package in hand within an act under way."""

    work: Work
    row: Package
    at: datetime
    """When it happens: now, unless an earlier instant was told."""


@contextmanager
def package_in_hand(actor: Actor, package_id: int, at: datetime | None = None) -> Iterator[InHand]:
    """Open an act on one package.

    Raises:
        NotAllowed: the actor does not hold the right.
        Unknown: there is no such package in the practice.
    """
    with acting(actor, RIGHT) as work:
        row = one(actor, Package, package_id)
        work.session.refresh(row)
        yield InHand(work, row, at or work.at)


def consignment_of(row: Package) -> Consignment:
    """The row's package as the value it projects."""
    return msgspec.convert(row.standing, Consignment, strict=True)


def package_by_number(actor: Actor, number: str) -> Package:
    """The package of that number.

    Raises:
        Unknown: there is none in the actor's practice.
    """
    wanted = select(Package).where(Package.practice_id == actor.practice_id, Package.number == number)
    found = db.session.scalar(wanted)
    if found is None:
        raise Unknown(THING)
    return found


def tell_package(work: Work, row: Package, type_: str, body: Any, *, reason: str | None = None) -> Consignment:
    """Append an act to a package, carry its rows along and journal it.

    Raises:
        Refused: the act does not fit, or its time is still to come.
    """
    before = consignment_of(row)
    if body.at > work.at:
        raise package_refused(NotPossible("future"), before.number)
    try:
        now = after(before, type_, body, work.actor.staff_id)
    except NotPossible as why:
        raise package_refused(why, before.number) from why
    append(work, row, type_, body, reason)
    project_package(row, now)
    row.changed_at = work.at
    _carry_items(work, row, body)
    return now


def append(work: Work, row: Package, type_: str, body: Value, reason: str | None = None) -> None:
    """The fact and its journal row."""
    work.fact(THING, row.id, type_, as_json(body), reason=reason)
    work.journal(THING, row.id, detail=type_)


def project_package(row: Package, now: Consignment) -> None:
    """Put a package into its row's columns."""
    row.number = now.number
    row.laboratory_id = now.laboratory_id
    row.location_id = now.location_id
    row.state = now.state
    row.condition = now.condition
    row.standing = as_json(now)
    row.sealed_at = now.sealed_at
    row.handed_over_at = now.handed_over_at
    row.cutoff_at = now.cutoff_at
    row.sequence = now.sequence


def _carry_items(work: Work, row: Package, body: Any) -> None:
    """The rows of what is inside, as the act leaves them."""
    if isinstance(body, ItemAdded):
        work.session.add(
            PackageItem(practice_id=row.practice_id, package_id=row.id, specimen_id=body.specimen_id),
        )
    elif isinstance(body, ItemRemoved):
        work.session.execute(delete(PackageItem).where(*_item(row, body.specimen_id)))
    elif isinstance(body, ReceiptGiven):
        item = work.session.scalars(select(PackageItem).where(*_item(row, body.specimen_id))).one()
        item.receipt, item.received_at = body.state, body.at
    elif isinstance(body, ReceiptUndone):
        item = work.session.scalars(select(PackageItem).where(*_item(row, body.specimen_id))).one()
        item.receipt = item.received_at = None
    work.session.flush()


def _item(row: Package, specimen_id: int) -> tuple[Any, ...]:
    return (
        PackageItem.practice_id == row.practice_id,
        PackageItem.package_id == row.id,
        PackageItem.specimen_id == specimen_id,
    )


def refold_package(row: Package) -> Consignment:
    """The package as its facts make it, whatever the row says."""
    wanted = select(Fact).where(Fact.practice_id == row.practice_id, Fact.thing == THING, Fact.thing_id == row.id)
    facts = db.session.scalars(wanted.order_by(Fact.sequence))
    return fold((fact.type, package_body(fact.type, fact.version, fact.body), fact.actor_id) for fact in facts)


def inside(row: Package) -> list[Specimen]:
    """The containers that are in a package, with their tests, in the order they were put in."""
    ids = [item.specimen_id for item in consignment_of(row).items]
    found = {
        specimen.id: specimen
        for specimen in db.session.scalars(
            select(Specimen)
            .where(Specimen.practice_id == row.practice_id, Specimen.id.in_(ids))
            .options(selectinload(Specimen.tests), selectinload(Specimen.patient))
        )
    }
    return [found[each] for each in ids]
