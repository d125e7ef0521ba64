"""What the acts on an order share: one order, one transaction."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

from clinic.services.acting import Actor, Work, acting
from clinic.services.find import Unknown, one
from lab.domain.order_refusals import refused
from lab.domain.order_story import NotSo
from lab.models import LabOrder, OrderLine


class Open(NamedTuple):
    """An order within an act under way."""

    work: Work
    order: LabOrder


@contextmanager
def in_order(actor: Actor, order_id: int, *, right: str = "lab.order", unsigned: bool = False) -> Iterator[Open]:
    """Open an act on one order.

    Raises:
        NotAllowed: the actor does not hold the right.
        Unknown: there is no such order in the practice.
        Refused: it is signed, where it must not be.
    """
    with acting(actor, right) as work:
        order = one(actor, LabOrder, order_id)
        work.session.refresh(order)
        if unsigned and order.state != "draft":
            raise refused(NotSo(order.state))
        yield Open(work, order)


def line_of(order: LabOrder, line_id: int) -> OrderLine:
    """One of its lines.

    Raises:
        Unknown: it has none of that id.
    """
    for line in order.lines:
        if line.id == line_id:
            return line
    raise Unknown("order_line")


def standing(order: LabOrder) -> list[OrderLine]:
    """Lines that were not cancelled, in their order."""
    return [line for line in order.lines if line.state != "cancelled"]
