"""That an ordered test's specimen is out, and when its result is expected; or that nothing is out for it any more."""

from __future__ import annotations

from datetime import date

from clinic.services.acting import Work
from clinic.services.find import one
from lab.domain.order_story import LineSent
from lab.models import LabOrder, OrderLine
from lab.services.order_facts import tell


def line_out(work: Work, line: OrderLine, sent_on: date | None, due_on: date | None = None) -> None:
    """Tell it of the line's order; nothing where it is so already."""
    if (line.sent_on, line.due_on) == (sent_on, due_on):
        return
    order = one(work.actor, LabOrder, line.order_id)
    tell(work, order, "order.line_sent", LineSent(line_id=line.id, sent_on=sent_on, due_on=due_on))
