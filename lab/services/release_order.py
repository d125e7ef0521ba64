"""Releasing what was held: all lines of an order that lack nothing any more, in one act."""

from __future__ import annotations

from clinic.services.acting import Actor
from lab.domain.order_refusals import refused
from lab.domain.order_story import NotSo
from lab.services.in_order import in_order
from lab.services.sign_order import go_ahead


def release_order(actor: Actor, order_id: int) -> int:
    """Release the lines of a signed order that lack nothing now, and plan their containers. Gives how many.

    Raises:
        Refused: it is not signed or was cancelled, or every line still lacks something.
    """
    with in_order(actor, order_id) as (work, order):
        if order.state != "signed":
            raise refused(NotSo(order.state))
        ahead = go_ahead(work, order)
        if not ahead:
            raise refused(NotSo("incomplete"))
        return ahead
