"""Changing what stands at the top of an order, and the answers to what its tests ask."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from clinic.domain.value import Value
from clinic.models import Location
from clinic.services.acting import Actor, Work
from clinic.services.changing import Overtaken, print_of
from lab.domain.order_answers import read_answer
from lab.domain.order_story import Changed
from lab.models import LabOrder, OrderLine
from lab.services.change_line import as_reason, changed
from lab.services.enter_order import as_priority
from lab.services.hold_lines import hold_lines
from lab.services.in_order import in_order, standing
from lab.services.order_choices import orderer, still_to_come
from lab.services.order_facts import THING, order_of, tell
from lab.services.order_questions import asked_fields, asks, field_of, open_lines, question
from lab.services.plan_again import plan_again


class Details(Value, frozen=True, kw_only=True):
    """What one form says of an order. ``answers`` are pairs of a field's name and what was answered there."""

    priority: str
    provider_id: int | None = None
    planned_on: date | None = None
    pediatric: bool = False
    reason: str | None = None
    answers: tuple[tuple[str, str], ...] = ()


def details_of(order: LabOrder) -> Details:
    """What the form shows of an order as it stands."""
    answers = {
        name: next((line.answers[key] for line in lines if key in line.answers), "")
        for name, (key, lines) in asked_fields(order).items()
    }
    return Details(
        priority=order.priority,
        provider_id=order.provider_id,
        planned_on=order.planned_on,
        pediatric=order.pediatric,
        reason=next((line.reason for line in standing(order) if line.reason), None),
        answers=tuple(answers.items()),
    )


def change_order(actor: Actor, order_id: int, details: Details, seen: str) -> None:
    """Change an order as it was seen: its head, and the reason and answers of all its open lines.

    Raises:
        Refused: a choice is not there, the day is past, an answer is none, or another provider than the one who
            signed.
        Overtaken: someone else changed it meanwhile.
    """
    with in_order(actor, order_id) as (work, order):
        was = details_of(order)
        if print_of(was) != seen:
            raise Overtaken(was)
        _change_head(work, order, details)
        given = dict(details.answers)
        for line in open_lines(order):
            reason = as_reason(details.reason) if details.reason != was.reason else line.reason
            changed(work, order, line, answers=_answers(line, given) or None, reason=reason)
        hold_lines(work, order)
        plan_again(work, order)
        work.journal(THING, order.id, detail="changed")


def _change_head(work: Work, order: LabOrder, details: Details) -> None:
    if details.provider_id is not None and details.provider_id != order.provider_id:
        orderer(work.actor, details.provider_id)
    planned_on = details.planned_on
    if planned_on != order.planned_on:
        planned_on = still_to_come(planned_on, work.session.get_one(Location, order.location_id))
    head = Changed(
        priority=as_priority(details.priority),
        provider_id=details.provider_id,
        planned_on=planned_on,
        pediatric=details.pediatric,
    )
    before = order_of(order)
    if any(getattr(head, name) != getattr(before, name) for name in Changed.__struct_fields__):
        tell(work, order, "order.changed", head)


def _answers(line: OrderLine, given: Mapping[str, str]) -> dict[str, str]:
    """The answers of a line with those given now. A blank takes one back; what is not asked is passed over."""
    kept = dict(line.answers)
    for key in asks(line):
        name = field_of(line, key)
        if name in given:
            said = read_answer(question(key), given[name], name)
            kept[key] = said
            if not said:
                del kept[key]
    return kept
