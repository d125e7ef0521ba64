"""A provider's word that a result was seen."""

from __future__ import annotations

from clinic.services.acting import Actor, acting
from lab.domain.order_story import OfLine
from lab.domain.result_story import Reviewed
from lab.services.order_facts import tell as tell_order
from lab.services.result_facts import line_in_hand, result_in_hand, tell_result

REVIEWED_IN = frozenset({"final", "corrected"})


def review_result(actor: Actor, result_id: int) -> None:
    """Mark a report as reviewed.

    Raises:
        Refused: it was already, it is preliminary, or a later one stands in its place.
        Unknown: there is no such report.
    """
    with acting(actor, "lab.review") as work:
        row = result_in_hand(work, result_id)
        tell_result(work, row, "result.reviewed", Reviewed(at=work.at))
        line = line_in_hand(work, row.line_id)
        if line.state in REVIEWED_IN:
            tell_order(work, line.order, "order.line_reviewed", OfLine(line_id=line.id))
