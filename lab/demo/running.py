"""Tests run in house at the demo's bench: controls before patients, the result, who is told, corrections, reviews."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import select

from clinic.base import db
from clinic.services.acting import Actor
from clinic.services.clock import running_from
from lab.demo.carrying import MINUTE
from lab.demo.plan import Plan
from lab.domain.controls import levels_of
from lab.models import KitLot, OrderLine, Specimen
from lab.services.correct_result import correct_result
from lab.services.do_step import end_step, start_step
from lab.services.enter_result import Bench, bench_of, enter_result, obstacle
from lab.services.review_result import review_result
from lab.services.run_control import run_control
from lab.services.specimens import container_of
from lab.services.tell_critical import Heard, tell_critical
from lab.steps.registry import task_of


def run_controls(actor: Actor, tubes: Sequence[Specimen], at: datetime) -> None:
    """Run the controls that are due for what is to be run in house, before anything is drawn."""
    for need in (need for tube in tubes for need in container_of(tube).needs if need.in_house):
        lot, bench = _lot(actor, need.test), _bench(actor, need.line_id or 0)
        with running_from(at):
            if obstacle(actor, bench, lot.lot, at)[0] == "control_due":
                for level in levels_of(bench.analytes):
                    run_control(actor, lot.id, level, "as the leaflet asks", passed=True, at=at)


def run_tests(assistant: Actor, provider: Actor, tube: Specimen, at: datetime, plan: Plan) -> datetime:
    """Run the tests of one container that the house runs; gives when the last one was reviewed."""
    for need in container_of(tube).needs:
        said = plan.get("results", {}).get(need.test)
        if not need.in_house or said is None:
            continue
        at = _read(assistant, tube, at + MINUTE)
        with running_from(at):
            lot = _lot(assistant, need.test)
            result = enter_result(assistant, need.line_id or 0, said, lot=lot.lot, performed_at=at)
        at = _told(assistant, result, at + 3 * MINUTE, plan.get("tell", {}).get(need.test))
        result, at = _corrected(assistant, result, at + 4 * MINUTE, plan.get("correct", {}).get(need.test))
        at += 20 * MINUTE
        with running_from(at):
            review_result(provider, result)
    return at


def _read(actor: Actor, tube: Specimen, at: datetime) -> datetime:
    """Apply and read inside its window, where the test has one."""
    task = task_of(container_of(tube))
    if task is None or task.step != "read":
        return at
    if not task.running:
        with running_from(at):
            start_step(actor, tube.id, "read", at)
        task = task_of(container_of(tube))
    ready = (task and task.ready_at) or at + timedelta(minutes=1)
    with running_from(ready):
        end_step(actor, tube.id, "read", ready)
    return ready


def _told(actor: Actor, result_id: int, at: datetime, heard: Plan | None) -> datetime:
    if heard is not None:
        with running_from(at):
            tell_critical(actor, result_id, Heard(**heard, read_back=True))
    return at


def _corrected(actor: Actor, result_id: int, at: datetime, said: Plan | None) -> tuple[int, datetime]:
    if said is None:
        return result_id, at
    with running_from(at):
        return correct_result(actor, result_id, said["values"], said["reason"]), at


def _lot(actor: Actor, test: str) -> KitLot:
    wanted = select(KitLot).where(KitLot.practice_id == actor.practice_id, KitLot.test_key == test, KitLot.active)
    return db.session.scalars(wanted.order_by(KitLot.id)).first() or _missing(test)


def _missing(test: str) -> KitLot:
    raise LookupError(f"the demo's file has no kit for {test}")


def _bench(actor: Actor, line_id: int) -> Bench:
    return bench_of(actor, db.session.get_one(OrderLine, line_id))
