"""Signing an order: a provider, in their own name. What lacks nothing is then to be drawn, the rest stays held."""

from __future__ import annotations

from clinic.services.acting import Actor, Work
from lab.domain.order_refusals import refused
from lab.domain.order_story import LineHeld, NotSo, OfLine, Signed
from lab.models import LabOrder
from lab.services.hold_lines import lacks, undrawn
from lab.services.in_order import in_order
from lab.services.order_choices import own_provider
from lab.services.order_facts import tell
from lab.services.plan_again import plan_again


def sign_order(actor: Actor, order_id: int) -> None:
    """Sign an order and plan the containers of the lines that lack nothing.

    Raises:
        Refused: it is signed or cancelled, has no line, is in another's name, or the actor is no provider.
    """
    with in_order(actor, order_id, right="lab.sign", unsigned=True) as (work, order):
        oneself = own_provider(actor)
        if oneself is None:
            raise refused(NotSo("no_provider"))
        if order.provider_id not in (None, oneself.id):
            raise refused(NotSo("other_signs"))
        tell(work, order, "order.signed", Signed(provider_id=oneself.id))
        go_ahead(work, order)


def go_ahead(work: Work, order: LabOrder) -> int:
    """Make the lines active that lack nothing now, and plan their containers. Gives how many they are."""
    found = lacks(work, order)
    ahead = 0
    for line in undrawn(order):
        missing = found[line.id]
        if missing:
            if line.state == "draft" or tuple(line.held_for) != missing:
                tell(work, order, "order.line_held", LineHeld(line_id=line.id, missing=missing))
            continue
        if line.state == "held":
            tell(work, order, "order.line_released", OfLine(line_id=line.id))
        tell(work, order, "order.line_active", OfLine(line_id=line.id))
        ahead += 1
    if ahead:
        plan_again(work, order)
    return ahead
