"""A further test for an order that is not signed."""

from __future__ import annotations

from clinic.models import Location
from clinic.services.acting import Actor
from lab.services.hold_lines import hold_lines
from lab.services.in_order import in_order, standing
from lab.services.order_lines import Choice, put_on


def add_test(actor: Actor, order_id: int, choice: Choice) -> int:
    """Put a test on an order: it takes over the diagnoses, the reason and the answers given so far. Gives its line.

    Raises:
        Refused: it may not be run there, is ordered already, or the order is signed or cancelled.
    """
    with in_order(actor, order_id, unsigned=True) as (work, order):
        kept = standing(order)
        row = put_on(
            work,
            order,
            work.session.get_one(Location, order.location_id),
            choice,
            diagnoses=tuple(dict.fromkeys(code for line in kept for code in line.diagnoses)),
            reason=next((line.reason for line in kept if line.reason), None),
        )
        hold_lines(work, order)
        return row.id
