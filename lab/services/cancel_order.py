"""Cancelling an order, or taking one test off it, always with the reason."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import exists, select

from clinic.services.acting import Actor, Work
from lab.domain.order_refusals import refused
from lab.domain.order_story import Cancelled, NotSo, OfLine
from lab.models import LabOrder, OrderLine, Specimen, SpecimenTest
from lab.services.hold_lines import hold_lines
from lab.services.in_order import in_order, line_of
from lab.services.order_facts import tell
from lab.services.plan_again import GONE, plan_again

UNDRAWN = ("planned", "labeled", *sorted(GONE))


def cancel_order(actor: Actor, order_id: int, reason: str | None) -> None:
    """Cancel an order with all its lines; containers planned for it are given up.

    Raises:
        Refused: the reason is missing, or something was drawn or reported.
    """
    with in_order(actor, order_id) as (work, order):
        why = _why(reason)
        _not_drawn(work, order.lines)
        tell(work, order, "order.cancelled", Cancelled(), why)
        plan_again(work, order)


def cancel_line(actor: Actor, order_id: int, line_id: int, reason: str | None) -> None:
    """Take one test off an order; before it is signed no reason is needed.

    Raises:
        Refused: the reason is missing, or something was drawn for it.
    """
    with in_order(actor, order_id) as (work, order):
        line = line_of(order, line_id)
        why = _why(reason) if order.state == "signed" else None
        take_off(work, order, line, why)


def take_off(work: Work, order: LabOrder, line: OrderLine, why: str | None) -> None:
    """Take one test off an order within an act under way.

    Raises:
        Refused: something was drawn for it.
    """
    _not_drawn(work, [line])
    tell(work, order, "order.line_cancelled", OfLine(line_id=line.id), why)
    hold_lines(work, order)
    plan_again(work, order)


def _why(reason: str | None) -> str:
    why = " ".join((reason or "").split())
    if not why:
        raise refused(NotSo("reason"), "reason")
    return why


def _not_drawn(work: Work, lines: Iterable[OrderLine]) -> None:
    drawn = exists().where(
        SpecimenTest.specimen_id == Specimen.id,
        SpecimenTest.line_id.in_([line.id for line in lines]),
        Specimen.state.not_in(UNDRAWN),
    )
    if work.session.scalar(select(select(Specimen.id).where(drawn).exists())):
        raise refused(NotSo("drawn"))
