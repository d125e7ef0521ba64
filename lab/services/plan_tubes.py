"""Planning the tubes of a signed order again, by hand."""

from __future__ import annotations

from clinic.services.acting import Actor
from lab.domain.order_refusals import refused
from lab.domain.order_story import NotSo
from lab.services.in_order import in_order
from lab.services.order_facts import THING
from lab.services.plan_again import plan_again


def plan_tubes(actor: Actor, order_id: int, *, winged: bool) -> None:
    """Plan again what is not labeled yet, with a discard tube first where a winged set is used and citrate leads.

    Raises:
        Refused: the order is not signed, or was cancelled.
    """
    with in_order(actor, order_id) as (work, order):
        if order.state != "signed":
            raise refused(NotSo(order.state))
        plan_again(work, order, winged=winged)
        work.journal(THING, order.id, detail="tubes planned")
