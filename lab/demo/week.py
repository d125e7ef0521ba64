"""The demo's week at the bench: what was ordered at a visit goes its way, and this morning is under way."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from sqlalchemy import select

from clinic.base import db
from clinic.models import Visit
from clinic.services.acting import Actor
from clinic.services.clock import running_from
from lab.demo.carrying import MINUTE, draw, fill, label, place_of, prepare
from lab.demo.ordering import order_for
from lab.demo.people import provider_of
from lab.demo.plan import mornings, order_at
from lab.demo.reporting import take_reports
from lab.demo.running import run_controls, run_tests
from lab.demo.sending import TOLD, send
from lab.models import Specimen
from lab.services.do_step import do_step, end_step, start_step
from lab.services.reject import reject
from lab.services.store import store

VisitOf = Callable[[str, datetime, str], int | None]
"""Enters the visit of somebody of the demo at an instant for a reason; None where they are not in this demo."""


def at_visit(assistant: Actor, visit_id: int, who: str, at: datetime) -> int:
    """Order, draw, prepare, test and send what the file says for a visit of the week; gives how many containers."""
    plan = order_at(who, at.date())
    if plan is None:
        return 0
    visit = db.session.get_one(Visit, visit_id)
    begin = visit.started_at or at
    with running_from(begin + 10 * MINUTE):
        tubes = order_for(assistant, visit, plan)
    label(assistant, tubes, begin + 12 * MINUTE)
    run_controls(assistant, tubes, begin + 13 * MINUTE)
    draw(assistant, tubes, begin + 15 * MINUTE)
    if "reject" in plan:
        code, sub, reason = plan["reject"]
        with running_from(begin + 60 * MINUTE):
            reject(assistant, tubes[0].id, code, reason, sub=sub, attempt=TOLD)
        return len(tubes)
    ready = [prepare(assistant, tube, begin + 15 * MINUTE) for tube in tubes]
    for tube, at_once in zip(tubes, ready, strict=True):
        run_tests(assistant, provider_of(visit), tube, at_once, plan)
    out = [tube for tube in _of_order(tubes[0]) if tube.step == "pack"]
    send(assistant, out, max(ready) + 5 * MINUTE, plan.get("arrived", ()))
    return len(tubes)


def _of_order(tube: Specimen) -> list[Specimen]:
    db.session.expire_all()
    wanted = select(Specimen).where(Specimen.practice_id == tube.practice_id, Specimen.order_id == tube.order_id)
    return list(db.session.scalars(wanted.order_by(Specimen.id)))


def this_morning(assistant: Actor, now: datetime, visit_of: VisitOf) -> int:
    """What the laboratory sent comes in, and patients sit at the chair: their tubes stand where the file says.

    ``visit_of(who, at, reason)`` enters a visit.
    """
    take_reports(assistant, now)
    opened = now - timedelta(minutes=30)
    count = 0
    for plan in mornings():
        visit_id = visit_of(plan["who"], opened + timedelta(minutes=plan["at"]), plan["reason"])
        if visit_id is None:
            continue
        first = min([plan["at"], *(minute for _, minute, _ in plan["steps"])])
        with running_from(opened + timedelta(minutes=first) - MINUTE):
            tubes = order_for(assistant, db.session.get_one(Visit, visit_id), plan)
        label(assistant, tubes, opened + timedelta(minutes=first))
        for step, minute, detail in plan["steps"]:
            at = opened + timedelta(minutes=minute)
            for tube in tubes:
                with running_from(at):
                    _do(assistant, tube, step, at, detail)
        count += len(tubes)
    return count


def _do(assistant: Actor, tube: Specimen, step: str, at: datetime, detail: str) -> None:
    match step:
        case "collect":
            fill(assistant, tube, at, int(float(detail) * 1000) if detail else None)
        case "drink":
            do_step(assistant, tube.id, step, at)
        case "spin":
            start_step(assistant, tube.id, "spin", at, g=1300)
            end = at + timedelta(minutes=int(detail))
            with running_from(end):
                end_step(assistant, tube.id, "spin", end)
        case "read":
            start_step(assistant, tube.id, "read", at)
        case _:
            store(assistant, tube.id, at=at, place_id=place_of(assistant, step))
