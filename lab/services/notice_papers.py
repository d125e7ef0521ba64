"""What the notices of an order say, gathered for paper."""

from __future__ import annotations

from collections.abc import Callable

from clinic.base import db
from clinic.domain.refusal import Refused
from clinic.domain.words import N_
from clinic.models import Practice
from clinic.services.acting import Actor
from lab.documents.notice import Sheet
from lab.domain.order_notice import NoticePrinted
from lab.models import Laboratory, LabOrder
from lab.services.billing_facts import local_day
from lab.services.order_facts import notice_of
from lab.services.order_page import load_order
from lab.services.package_papers import address

Said = Callable[[str], str]
Why = Callable[[NoticePrinted], str]
"""Why the payer may not pay, in words of the reader's language."""
Amount = Callable[[int | None], str]


def sheets_of(
    actor: Actor, order_id: int, line_id: int | None, *, said: Said, why: Why, amount: Amount
) -> tuple[list[Sheet], LabOrder]:
    """The notices that were printed for an order, or for one of its lines, as they were.

    Raises:
        Refused: none was.
        Unknown: there is no such order.
    """
    order = load_order(actor, order_id)
    practice = db.session.get_one(Practice, actor.practice_id)
    sheets = []
    for line in order.lines:
        notice = notice_of(line)
        if notice is None or line_id not in {None, line.id} or (line_id is None and line.state == "cancelled"):
            continue
        printed = notice.printed
        laboratory = db.session.get(Laboratory, line.laboratory_id) if line.laboratory_id is not None else None
        sheets.append(
            Sheet(
                number=f"{order.number}-{line.position}",
                practice=practice.name,
                sender=address(order.location),
                phone=practice.phone or "",
                patient=order.patient.name,
                chart=order.patient.chart_number,
                birth=order.patient.birth,
                order=order.number,
                provider=order.provider.name if order.provider else "",
                payer=printed.payer or "",
                test=said(line.facts.get("name", line.test_key)),
                codes=printed.codes,
                why=why(printed),
                price=amount(printed.price.cents) if printed.price is not None else "",
                laboratory=laboratory.name if laboratory is not None else "",
                printed_on=local_day(notice.printed_at, order.location.time_zone),
            )
        )
    if not sheets:
        raise Refused(N_("No notice was printed for this order."), remedy=N_("Print it from the page of the order."))
    return sheets, order
