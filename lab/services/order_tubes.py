"""What is drawn for an order, in the order of draw: the containers that were planned, or what would be."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from sqlalchemy import select

from clinic.base import db
from clinic.services.acting import Actor
from lab.domain.catalogue import Holder, TestFacts
from lab.domain.order_story import REPORTED
from lab.domain.tube_plan import DISCARD, IN_HOUSE, Plan, Planned, plan
from lab.models import LabOrder, OrderLine, Specimen
from lab.services.in_order import standing
from lab.services.plan_again import GONE
from lab.services.plan_containers import facts_of, holders, place_of, plan_of, plan_vessels
from lab.services.specimens import container_of

_LAST = 99


class Drawn(NamedTuple):
    """One tube, or a set, as the plan's page draws it."""

    holder: Holder
    tube: Planned
    tests: tuple[TestFacts, ...]
    rows: tuple[Specimen, ...]
    """Its containers, the pieces of a set in their order; none while it is not planned."""
    site: str | None = None

    @property
    def state(self) -> str | None:
        """Where its first container stands."""
        return self.rows[0].state if self.rows else None


class TubesOf(NamedTuple):
    """All that is drawn for an order."""

    tubes: list[Drawn]
    plan: Plan
    """The plan of all its tests: what is asked, said and fasted before."""
    unplanned: list[OrderLine]
    """Active lines that no container serves."""
    places: dict[str, str]
    """The names of laboratories, by what the plan calls a place."""


def tubes_of(actor: Actor, order: LabOrder, lines: Sequence[OrderLine], places: dict[str, str]) -> TubesOf:
    """What is drawn for some lines: those of an order, or of all orders of its visit.

    One statement. Lines that wait are shown as they would be planned.
    """
    rows = _containers(actor, order, lines)
    by_id = {line.id: line for line in lines}
    served = {need.line_id for row in rows for need in container_of(row).needs}
    open_ = [line for line in lines if line.state not in REPORTED and line.id not in served]
    drawn = [_of_rows(rows_of_set, by_id, pediatric=order.pediatric) for rows_of_set in _sets(rows)]
    drawn += [
        Drawn(holders()[vessel.tube.holder], vessel.tube, tuple(facts_of(line) for line in vessel.serving), ())
        for vessel in plan_vessels(open_, pediatric=order.pediatric)
    ]
    drawn.sort(key=_in_draw_order)
    return TubesOf(
        tubes=drawn,
        plan=plan_of(lines, pediatric=order.pediatric),
        unplanned=[line for line in open_ if line.state == "active"],
        places=places,
    )


def lines_of_visit(actor: Actor, order: LabOrder) -> list[OrderLine]:
    """The lines that share their tubes: those of the order, and of the signed orders of its visit."""
    own = standing(order)
    if order.visit_id is None or order.state != "signed":
        return own
    wanted = (
        select(OrderLine)
        .join(LabOrder, LabOrder.id == OrderLine.order_id)
        .where(
            LabOrder.practice_id == actor.practice_id,
            LabOrder.visit_id == order.visit_id,
            LabOrder.state == "signed",
            LabOrder.id != order.id,
            OrderLine.state.not_in(("draft", "held", "cancelled")),
        )
        .order_by(OrderLine.order_id, OrderLine.position)
    )
    return [*own, *db.session.scalars(wanted)]


def _containers(actor: Actor, order: LabOrder, lines: Iterable[OrderLine]) -> list[Specimen]:
    orders = {order.id, *(line.order_id for line in lines)}
    wanted = (
        select(Specimen)
        .where(
            Specimen.practice_id == actor.practice_id,
            Specimen.order_id.in_(orders),
            Specimen.parent_id.is_(None),
            Specimen.state.not_in(GONE),
        )
        .order_by(Specimen.id)
    )
    return list(db.session.scalars(wanted))


def _sets(rows: Iterable[Specimen]) -> list[tuple[Specimen, ...]]:
    found: dict[str, list[Specimen]] = {}
    for row in rows:
        found.setdefault(row.set_number or row.number, []).append(row)
    return [tuple(each) for each in found.values()]


def _of_rows(rows: tuple[Specimen, ...], lines: dict[int, OrderLine], *, pediatric: bool) -> Drawn:
    standing_ = container_of(rows[0])
    served = [lines[need.line_id] for need in standing_.needs if need.line_id in lines]
    tests = tuple(facts_of(line) for line in served)
    holder = holders()[rows[0].holder]
    return Drawn(holder, _tube(holder, tests, served, pediatric=pediatric), tests, rows, standing_.site)


def _tube(holder: Holder, tests: tuple[TestFacts, ...], lines: Sequence[OrderLine], *, pediatric: bool) -> Planned:
    """What the plan says of a container: of these tests alone it makes just this one."""
    answers: dict[str, str] = {}
    for line in lines:
        answers.update(line.answers)
    planned = plan(
        tests,
        holders(),
        pediatric=pediatric,
        answers=answers,
        places={line.test_key: place_of(line) for line in lines},
    ).containers
    if planned:
        return planned[0]
    return Planned(
        holder=holder.key, cap=holder.cap, tests=(), place=IN_HOUSE, volume_ul=0, draw_place=holder.draw_order
    )


def _in_draw_order(drawn: Drawn) -> tuple[int, bool, str, str]:
    # the discard tube goes first: it empties the tubing before the citrate tube (CLSI GP41)
    discard = drawn.holder.key == DISCARD
    return (
        drawn.holder.draw_order or (2 if discard else _LAST),
        not discard,
        drawn.holder.key,
        drawn.rows[0].number if drawn.rows else "~",
    )
