"""What will follow: the steps after the next one, at the times at which they could be done if nothing is lost."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, NamedTuple

from lab.domain.container import Container, NotPossible
from lab.domain.container_acts import after
from lab.domain.container_words import CONDITIONS
from lab.domain.doing import most, storage, to_do
from lab.domain.events import Aliquoted, Collected, StepDone, StepEnded, StepStarted, Stored
from lab.domain.saying import Saying
from lab.domain.stability import waiting
from lab.steps.registry import step_of, task_of
from lab.steps.step import Task

MOST = 6


class Then(NamedTuple):
    """A step to come: when, what (a message id), and where to."""

    at: datetime
    words: str
    detail: Saying | None = None


def ahead(container: Container, now: datetime) -> list[Then]:
    """What follows the next step, each at the earliest it can be done; the last is where it leaves the bench."""
    found: list[Then] = []
    at = max(now, container.last_at or now)
    for _ in range(MOST):
        task = task_of(container)
        if task is None:
            break
        at = max(at, task.ready_at or at)
        found.append(Then(at, to_do(task.step, running=task.running), _detail(container, task)))
        try:
            moved = _moved(container, task, at)
        except NotPossible:
            break
        if moved is None:
            break
        container = moved
    return found[1:]


def _detail(container: Container, task: Task) -> Saying | None:
    where = storage(waiting(container))[:1]
    return Saying(CONDITIONS[where[0]]) if task.step == "store" and where else None


def _moved(container: Container, task: Task, at: datetime) -> Container | None:
    event = _event(container, task, at)
    return None if event is None else after(container, *event, None)


def _event(container: Container, task: Task, at: datetime) -> tuple[str, Any] | None:
    step = step_of(task.step)
    where = storage(waiting(container))
    event: tuple[str, Any] | None = None
    match task.step:
        case _ if task.running:
            event = "specimen.step_ended", StepEnded(step=task.step, at=at)
        case "collect":
            event = "specimen.collected", Collected(at=at)
        case "chill":
            event = "specimen.stored", Stored(at=at, condition="on_ice")
        case "store" if where:
            event = "specimen.stored", Stored(at=at, condition=where[0])
        case "aliquot":
            poured = min(1, container.remaining_ul) if container.remaining_ul is not None else 1
            # its tests stay with it here, so that what follows for the aliquot is seen
            event = (
                "specimen.aliquoted",
                Aliquoted(at=at, child_id=0, child_number="", volume_ul=poured, tests=()),
            )
        case _ if step is not None and step.point:
            event = "specimen.step_done", StepDone(step=task.step, at=at)
        case _ if step is not None and step.timed:
            event = "specimen.step_started", StepStarted(step=task.step, at=at)
    return event


def ends_at(container: Container, step: str, start: datetime) -> datetime | None:
    """When a step that is started now will be over."""
    needs = waiting(container)
    minutes = {
        "spin": most(need.spin_minutes for need in needs),
        "incubate": most(need.incubate_minutes for need in needs),
        "read": most(need.read_from_minutes for need in needs),
        "fix": most(need.fix_minutes for need in needs),
    }.get(step)
    return None if minutes is None else start + timedelta(minutes=minutes)
