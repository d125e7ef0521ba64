"""Planning the containers of a visit anew, as long as nothing was labeled: later lines share what is planned."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from clinic.services.acting import Work
from lab.domain.events import Ended
from lab.domain.tube_plan import DISCARD
from lab.models import LabOrder, Specimen
from lab.services.plan_containers import Vessel, plan_vessels, put_up
from lab.services.specimens import container_of, tell

GONE = frozenset({"rejected", "missed", "void"})
"""States of containers that serve nobody any more; a rejected one has its own recollection."""
ANEW = "planned anew"


def plan_again(work: Work, order: LabOrder, *, winged: bool | None = None) -> None:
    """Bring the planned containers in line with the active lines of the order, and of its visit's other orders.

    Containers that were labeled, collected or planned as recollections stay as they are; of the others, those that
    fit the new plan stay, the rest is given up. So is a labeled one that no active line asks for any more.

    Args:
        work: the act.
        order: the order; with a visit, that visit's.
        winged: whether a winged set is used; None leaves that as it was planned.
    """
    orders = orders_of(work, order)
    rows = containers_of(work, orders)
    lines = [line for each in orders for line in each.lines if line.state == "active"]
    movable = [row for row in rows if row.state == "planned" and row.recollects_id is None]
    fixed = [row for row in rows if row not in movable and row.state not in GONE]
    served = {test.line_id for row in rows if row in fixed or row.state == "rejected" for test in row.tests}
    wanted = [line for line in lines if line.id not in served]
    if winged is None:
        winged = any(row.holder == DISCARD for row in rows if row.state not in GONE)
    vessels = plan_vessels(wanted, pediatric=order.pediatric, winged=winged and not _has(fixed, DISCARD))
    sets: dict[Any, list[list[Specimen]]] = defaultdict(list)
    for rows_of_set in _sets(movable):
        sets[_print_of(rows_of_set)].append(rows_of_set)
    missing: list[Vessel] = []
    for vessel in vessels:
        alike = sets.get((vessel.tube.holder, vessel.needs, vessel.caps, vessel.site))
        if alike:
            alike.pop()
        else:
            missing.append(vessel)
    asked = {line.id for line in lines}
    idle = [row for row in fixed if row.state == "labeled" and not any(test.line_id in asked for test in row.tests)]
    left = [row for kept in sets.values() for rows_of_set in kept for row in rows_of_set]
    for row in (*left, *(row for row in idle if row.recollects_id is None and row.holder != DISCARD)):
        tell(work, row, "specimen.missed", Ended(at=work.at), reason=ANEW)
    for vessel in missing:
        put_up(work, order, vessel)


def orders_of(work: Work, order: LabOrder) -> list[LabOrder]:
    """The order, with the signed ones of its visit that are drawn on the same day."""
    if order.visit_id is None:
        return [order]
    wanted = (
        select(LabOrder)
        .where(
            LabOrder.practice_id == order.practice_id,
            LabOrder.visit_id == order.visit_id,
            LabOrder.location_id == order.location_id,
            LabOrder.state == "signed",
            LabOrder.pediatric == order.pediatric,
        )
        .options(selectinload(LabOrder.lines))
        .order_by(LabOrder.id)
    )
    others = [each for each in work.session.scalars(wanted) if each.planned_on == order.planned_on]
    return others if order in others else [order, *others]


def containers_of(work: Work, orders: Iterable[LabOrder]) -> list[Specimen]:
    """Every container that was planned for some orders, aliquots left out."""
    wanted = (
        select(Specimen)
        .where(
            Specimen.practice_id == work.actor.practice_id,
            Specimen.order_id.in_([each.id for each in orders]),
            Specimen.parent_id.is_(None),
        )
        .options(selectinload(Specimen.tests))
        .order_by(Specimen.id)
    )
    return list(work.session.scalars(wanted))


def _has(rows: Iterable[Specimen], holder: str) -> bool:
    return any(row.holder == holder for row in rows)


def _sets(rows: Iterable[Specimen]) -> list[list[Specimen]]:
    found: dict[str, list[Specimen]] = {}
    for row in rows:
        found.setdefault(row.set_number or row.number, []).append(row)
    return list(found.values())


def _print_of(rows: Sequence[Specimen]) -> Any:
    first = container_of(rows[0])
    return (first.holder, first.needs, tuple(row.cap for row in rows), first.site)
