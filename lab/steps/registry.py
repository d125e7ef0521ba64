"""All steps in their order, and what they say together of one container."""

from __future__ import annotations

import importlib
import pkgutil
from datetime import datetime, timedelta
from functools import cache

import lab.steps
from lab.domain.container import ENDS, Container
from lab.domain.stability import waiting
from lab.steps.step import Flag, Step, Task


@cache
def steps() -> tuple[Step, ...]:
    """Every file of this package that offers a ``STEP``, by order."""
    names = [module.name for module in pkgutil.iter_modules(lab.steps.__path__)]
    modules = [importlib.import_module(f"lab.steps.{name}") for name in names]
    return tuple(sorted((module.STEP for module in modules if hasattr(module, "STEP")), key=lambda step: step.order))


def step_of(key: str) -> Step | None:
    """The step of that name."""
    return next((step for step in steps() if step.key == key), None)


def task_of(container: Container) -> Task | None:
    """What is to be done to it next, None where nothing is. What runs comes first, then the steps in their order."""
    if container.state in ENDS or container.state == "sent":
        return None
    needs = waiting(container)
    running = container.running()
    if running is not None:
        return _end_of(container, running.step)
    first = steps()
    for step in first:
        if step.key != "collect" and container.collected_at is None:
            continue
        if step.own and container.parent_id is not None:
            continue
        asked = [task for need in needs if (task := step.asks(container, need)) is not None]
        if asked:
            return _strictest(asked)
    return None


def _end_of(container: Container, key: str) -> Task:
    """The end of the step that runs: as long as the most demanding of its tests asks."""
    step, run = step_of(key), container.running(key)
    if step is None or run is None:
        raise LookupError(key)
    asked = [task for need in container.needs if (task := step.asks(container, need)) is not None and task.running]
    if asked:
        return _strictest(asked)
    lengths = [need.spin_minutes for need in container.needs if need.spin_minutes is not None]
    if key == "spin" and lengths:
        end = run.started_at + timedelta(minutes=max(lengths))
        return Task(step=key, ready_at=end, due_at=end, running=True)
    return Task(step=key, running=True)


def _strictest(asked: list[Task]) -> Task:
    """The earliest limit; a step may start once all its tests are ready."""
    readiness = [task.ready_at for task in asked if task.ready_at is not None]
    limits = [task.due_at for task in asked if task.due_at is not None]
    first = asked[0]
    return Task(
        step=first.step,
        test=first.test if len(asked) == 1 else None,
        ready_at=max(readiness, default=None),
        due_at=min(limits, default=None),
        running=first.running,
    )


def shown(task: Task, now: datetime) -> tuple[str, datetime | None]:
    """The step to name at an instant and when it is due: until it has clotted, clotting is what is waited for."""
    if task.running:
        return task.step, task.ready_at or task.due_at
    if task.ready_at is not None and now < task.ready_at:
        return "clot", task.ready_at
    return task.step, task.due_at


def flags_of(container: Container, as_of: datetime) -> tuple[Flag, ...]:
    """What was not kept, each code once with the worst of its tests, by code."""
    worst: dict[str, Flag] = {}
    for step in steps():
        if step.own and container.parent_id is not None:
            continue
        for need in container.needs:
            for flag in step.judges(container, need, as_of):
                before = worst.get(flag.code)
                if before is None or flag.minutes > before.minutes:
                    worst[flag.code] = flag
    return tuple(worst[code] for code in sorted(worst))
