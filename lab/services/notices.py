"""The notice that the patient may have to pay: printed for a test, and what the patient chose, as facts of the order.

A notice stands on paper and is signed there; here is kept what it said, that it was printed, and which of its three
boxes bears a mark. It counts for what is done from the day of the signature on.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import cast, get_args

from clinic.domain.money import Money
from clinic.domain.refusal import Refused
from clinic.domain.words import N_
from clinic.services.acting import Actor, Work
from clinic.services.clock import today
from lab.domain.coverage import NotCovered
from lab.domain.order_notice import Choice, NoticeAnswered, NoticePrinted
from lab.domain.order_refusals import refused
from lab.domain.order_story import NotSo
from lab.models import Laboratory, LabOrder, OrderLine
from lab.ports import ports
from lab.services.billing_facts import local_day
from lab.services.cancel_order import take_off
from lab.services.change_line import as_reason
from lab.services.in_order import in_order, line_of
from lab.services.order_coverage import codes_of, day_of, not_covered
from lab.services.order_facts import notice_of, tell


def print_notices(actor: Actor, order_id: int, line_id: int | None = None, reason: str | None = None) -> list[int]:
    """Keep that notices are printed, and what they say; gives the lines.

    Args:
        actor: who prints.
        order_id: the order.
        line_id: the line; None is each line that a policy speaks against and that has no notice yet.
        reason: why the payer may not pay, in the practice's own words, where no policy that is loaded says it.

    Raises:
        Refused: there is nothing to give notice of, or the line was cancelled.
    """
    why = as_reason(reason)
    with in_order(actor, order_id) as (work, order):
        if order.state == "cancelled":
            raise refused(NotSo("cancelled"))
        lines = list(order.lines) if line_id is None else [line_of(order, line_id)]
        against = not_covered(order, lines)
        made = []
        for line in lines:
            said = against.get(line.id)
            if line_id is None and (said is None or line.notice is not None):
                continue
            tell(work, order, "order.notice_printed", _printed(work, order, line, said, why))
            made.append(line.id)
        if not made:
            raise Refused(
                N_("No policy that is loaded speaks against a test of this order."),
                where="tests",
                remedy=N_("Open one test and say there why the payer may not pay."),
            )
        return made


def answer_notice(
    actor: Actor, order_id: int, line_id: int, *, choice: str, signed_on: date | None, declined: str
) -> Choice:
    """Keep what the patient chose. A test that is not wanted is taken off the order, with ``declined`` as the reason.

    Raises:
        Refused: no notice was printed, no choice or day is named, the day is not one between printing and today, or
            the test is refused and something was drawn for it.
    """
    if choice not in get_args(Choice):
        raise Refused(N_("No choice is named."), where="tests", remedy=N_("Take the one that bears the mark."))
    with in_order(actor, order_id) as (work, order):
        line = line_of(order, line_id)
        notice = notice_of(line)
        if notice is None:
            raise refused(NotSo("no_notice"), "tests")
        zone = order.location.time_zone
        now = today(zone)
        printed = local_day(notice.printed_at, zone)
        if signed_on is None or not printed <= signed_on <= now:
            raise Refused(
                N_("The signature bears no day between the printing of the notice and today."),
                where="tests",
                remedy=N_("Copy the day from the sheet. One that was signed earlier is another notice."),
            )
        chosen = cast("Choice", choice)
        body = NoticeAnswered(line_id=line.id, choice=chosen, signed_on=signed_on)
        tell(work, order, "order.notice_answered", body)
        if chosen == "refused":
            take_off(work, order, line, declined)
        return chosen


def _printed(
    work: Work, order: LabOrder, line: OrderLine, said: Sequence[NotCovered] | None, reason: str | None
) -> NoticePrinted:
    codes = codes_of(line)
    price = _price(work, order, line, codes)
    if reason is not None or not said:
        if reason is None:
            raise Refused(
                N_("No policy that is loaded speaks against this test."),
                where="tests",
                remedy=N_("Say why the payer may not pay: the patient reads it."),
            )
        return NoticePrinted(line_id=line.id, why="own", codes=codes, words=reason, price=price)
    first = said[0]
    return NoticePrinted(
        line_id=line.id,
        why=first.why,
        codes=codes,
        payer=first.payer,
        policy=first.policy,
        diagnosis=first.diagnosis,
        times=first.times,
        per=first.per,
        last=first.last,
        next_on=first.next_on,
        price=price,
    )


def _price(work: Work, order: LabOrder, line: OrderLine, codes: Sequence[str]) -> Money | None:
    """What the practice asks where it bills the test; another laboratory's price nobody here knows."""
    if not line.in_house:
        laboratory = work.session.get(Laboratory, line.laboratory_id) if line.laboratory_id is not None else None
        if laboratory is None or laboratory.bills != "practice":
            return None
    return ports().estimate(order.practice_id, order.patient_id, day_of(order), codes)
