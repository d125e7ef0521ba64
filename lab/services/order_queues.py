"""The lists behind two queues: lines that are held, by order, and containers to draw, by patient."""

from __future__ import annotations

from datetime import date
from itertools import groupby
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import aliased, joinedload

from clinic.base import db
from clinic.models import Location, Patient
from clinic.services.acting import Actor
from clinic.services.clock import today
from lab.domain.catalogue import Holder
from lab.models import LabOrder, OrderLine, Specimen
from lab.services import waiting
from lab.services.billing_facts import local_day
from lab.services.plan_containers import holders

MOST = 300


class HeldOrder(NamedTuple):
    """An order with its lines that are held, in their order."""

    order: LabOrder
    lines: list[OrderLine]

    @property
    def complete(self) -> bool:
        """Whether some line lacks nothing any more and only waits to be released."""
        return self.order.state == "signed" and any(not line.held_for for line in self.lines)

    @property
    def by_lack(self) -> list[tuple[tuple[str, ...], list[OrderLine]]]:
        """The lines by what they lack: the same is said once."""
        found: dict[tuple[str, ...], list[OrderLine]] = {}
        for line in self.lines:
            found.setdefault(tuple(line.held_for), []).append(line)
        return list(found.items())


def held_orders(actor: Actor) -> list[HeldOrder]:
    """Orders with lines that are held: what is due first comes first, the longest held among equals. One statement."""
    rows = db.session.scalars(
        select(OrderLine)
        .join(LabOrder, LabOrder.id == OrderLine.order_id)
        .where(waiting.held(actor))
        .options(
            joinedload(OrderLine.order).joinedload(LabOrder.patient),
            joinedload(OrderLine.order).joinedload(LabOrder.provider),
        )
        .order_by(LabOrder.planned_on.is_not(None), LabOrder.planned_on, LabOrder.id, OrderLine.position)
        .limit(MOST)
    )
    return [HeldOrder(order, list(lines)) for order, lines in groupby(rows, key=lambda line: line.order)]


class ToDraw(NamedTuple):
    """What one patient is to give on one day."""

    patient: Patient
    order: LabOrder | None
    day: date
    rows: list[Specimen]
    late: bool

    @property
    def labeled(self) -> int:
        """How many have their label."""
        return sum(row.labeled for row in self.rows)

    @property
    def vessels(self) -> list[tuple[Holder | None, Specimen]]:
        """Each container with its kind, in the order of draw."""
        known = holders()
        kinds = [(known.get(row.holder), row) for row in self.rows]
        return sorted(kinds, key=lambda each: ((each[0].draw_order if each[0] else None) or 99, each[1].id))


PRIORITY = {"stat": 0, "urgent": 1, "routine": 2}


def what_to_draw(actor: Actor) -> list[ToDraw]:
    """Containers to be filled by today, by patient and order: stat first, then the longest planned. One statement.

    What was ordered for an earlier day is late. Days are those of the place where it is drawn.
    """
    asked_by = aliased(LabOrder)  # the condition looks at orders too
    rows = db.session.execute(
        select(Specimen, asked_by, Location.time_zone)
        .join(Location, Location.id == Specimen.location_id)
        .outerjoin(asked_by, asked_by.id == Specimen.order_id)
        .where(waiting.to_draw(actor))
        .options(joinedload(Specimen.patient))
        .order_by(Specimen.created_at, Specimen.id)
        .limit(MOST)
    ).all()
    groups: dict[tuple[int, int | None], list[Specimen]] = {}
    orders: dict[int, LabOrder] = {}
    zones: dict[int, str] = {}
    for row, order, zone in rows:
        zones[row.location_id] = zone
        groups.setdefault((row.patient_id, row.order_id), []).append(row)
        if order is not None:
            orders[order.id] = order
    found = []
    for (_, order_id), theirs in groups.items():
        asked = orders.get(order_id or 0)
        zone = zones[theirs[0].location_id]
        planned = (asked.planned_on or asked.ordered_on) if asked else local_day(theirs[0].created_at, zone)
        found.append(ToDraw(theirs[0].patient, asked, planned, theirs, planned < today(zone)))
    return sorted(found, key=lambda each: (PRIORITY[each.order.priority] if each.order else 2, each.day))
