"""The bench's queues: how each stands, all of them in one statement."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from sqlalchemy import Select, literal, select, union_all

from clinic.base import db
from clinic.domain.words import N_
from clinic.policy import RoleName, allows
from clinic.queues import Queue, QueueState, aged, declare, state, together
from clinic.services.acting import Actor
from clinic.services.clock import now
from lab.models import DentalCase, IncomingResult, LabResult, OrderLine, Specimen
from lab.services import waiting

Arm = Select[Any]
HOUR, DAY = timedelta(hours=1), timedelta(days=1)

LIMITS = {
    "in_time": timedelta(0),
    "to_draw": DAY,
    "held_orders": DAY,
    "to_pack": DAY,
    "results_in": HOUR,
    "to_review_results": DAY,
    "not_back": DAY,
    "to_redraw": DAY,
    "cases": timedelta(0),
}
"""How long anything may wait in each; what has its own limit at the bench, and dental cases, are late at once."""

RIGHTS = {
    "in_time": "lab.work",
    "to_draw": "lab.work",
    "held_orders": "lab.order",
    "to_pack": "lab.send",
    "results_in": "lab.result",
    "to_review_results": "lab.review",
    "not_back": "lab.send",
    "to_redraw": "lab.work",
    "cases": "lab.case",
}


Counts = tuple[Any, Any]
"""Since when each has waited, and the condition that it waits."""

COUNTS: dict[str, tuple[Counts, ...]] = {
    "to_draw": ((Specimen.created_at, waiting.to_draw),),
    "held_orders": ((OrderLine.changed_at, waiting.held),),
    "to_pack": ((Specimen.collected_at, waiting.to_pack),),
    "results_in": (
        (Specimen.collected_at, waiting.to_enter),
        (IncomingResult.received_at, waiting.unmatched),
        (LabResult.reported_at, waiting.to_be_told),
    ),
    "to_review_results": ((LabResult.reported_at, waiting.to_review),),
    "not_back": ((OrderLine.changed_at, waiting.not_back),),
    "to_redraw": ((Specimen.created_at, waiting.to_redraw),),
    "cases": ((DentalCase.due_at, waiting.cases),),
}


def _arms(actor: Actor, queue: str) -> list[Arm]:
    """What a queue counts: a second arm adds to the first."""
    if queue == "in_time":
        return [_arm(queue, waiting.order_of_due()).where(waiting.soon(actor))]
    return [_arm(queue, since).where(where(actor)) for since, where in COUNTS[queue]]


def _arm(queue: str, since: Any) -> Arm:
    return select(literal(queue).label("queue"), *aged(since, now(), LIMITS[queue]))


def _standing(actor: Actor) -> Mapping[str, QueueState]:
    """How each of the bench's queues stands that the actor may open."""
    arms = [arm for queue in LIMITS if allows(RIGHTS[queue], actor.roles) for arm in _arms(actor, queue)]
    found: dict[str, QueueState] = {}
    for row in db.session.execute(union_all(*arms)) if arms else ():
        found[row.queue] = together(found.get(row.queue), state(row))
    return found


def _queue(
    name: str, words: str, short: str, endpoint: str, order: int, *daily: RoleName, group: str = "bench"
) -> Queue:
    return Queue(name, words, short, RIGHTS[name], endpoint, _standing, LIMITS[name], group, order, frozenset(daily))


_AT_THE_BENCH, _TREATS = RoleName.ASSISTANT, RoleName.PROVIDER

declare(
    _queue("in_time", N_("In time"), N_("Due"), "bench.show", 10, _AT_THE_BENCH),
    _queue("to_draw", N_("To draw"), N_("Draw"), "orders.to_draw", 20, _AT_THE_BENCH),
    _queue("to_pack", N_("To pack"), N_("Pack"), "packages.index", 30, _AT_THE_BENCH),
    _queue("results_in", N_("Results in"), N_("Tests"), "results.to_enter", 40, _AT_THE_BENCH),
    _queue("not_back", N_("Not back"), N_("Missing"), "packages.not_back", 50, _AT_THE_BENCH),
    _queue("to_redraw", N_("To redraw"), N_("Again"), "rejections.to_redraw", 60, _AT_THE_BENCH),
    _queue("held_orders", N_("Orders held"), N_("Orders"), "orders.held", 70, _AT_THE_BENCH),
    _queue("cases", N_("Dental cases"), N_("Cases"), "cases.index", 80, _AT_THE_BENCH),
    _queue("to_review_results", N_("Results to review"), N_("Read"), "results.to_review", 30, _TREATS, group="care"),
)
