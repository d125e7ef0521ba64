"""What goes into a package, and what speaks against it. A block keeps a container out; a warning asks for a reason."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from typing import Literal

from msgspec.structs import replace

from clinic.domain.value import Value
from clinic.domain.words import N_
from lab.domain.container import HERE, Container
from lab.domain.events import Stay
from lab.domain.need import Need
from lab.domain.package_events import Kept
from lab.domain.package_story import Consignment
from lab.domain.stability import use_by, waiting
from lab.steps.incubate import incubated_in_time
from lab.steps.registry import task_of

TIGHT = timedelta(hours=4)
"""Less than this between the courier and the use-by is said: the way and the work there take their time."""

DRY = frozenset({"slide_dry", "guaiac_card", "swab_dry"})
"""Holders without liquid."""
FORMALIN = frozenset({"formalin_jar", "formalin_bottle"})


class Remark(Value, frozen=True, kw_only=True):
    """Something that speaks against packing a container."""

    code: str
    severity: Literal["block", "warn"]
    test: str | None = None
    at: datetime | None = None
    """The use-by it is about."""
    step: str | None = None
    """The step that is still to be done."""


REMARKS: dict[str, str] = {
    "inside": N_("is in this package already"),
    "elsewhere": N_("is in another package"),
    "state": N_("is not here to be packed"),
    "not_collected": N_("is not collected yet"),
    "unlabeled": N_("has no label"),
    "running": N_("a step is under way"),
    "step": N_("a step is still to be done"),
    "in_house": N_("is run here, not sent"),
    "laboratory": N_("goes to another laboratory"),
    "cancelled": N_("its order was cancelled"),
    "expired": N_("is past its use-by when the courier comes"),
    "condition": N_("does not keep at what this package is kept at"),
    "set": N_("a piece of its kit cannot come along"),
    "tight": N_("has little time left after the courier"),
    "condition_other": N_("is better kept otherwise"),
    "also_here": N_("a test is still to be run here"),
    "also_there": N_("also serves another laboratory"),
    "held": N_("its order is held"),
    "no_order": N_("has no order, so no requisition goes along"),
}
"""Every remark there is (law 7), as it follows the container's number; message ids."""


class Asked(Value, frozen=True, kw_only=True):
    """Who asked for a test of a container, as the line of its order stands."""

    laboratory_id: int | None
    state: str


class Going(Value, frozen=True, kw_only=True):
    """What a package is, for those that are to go into it."""

    laboratory_id: int
    condition: Kept
    cutoff_at: datetime | None
    """None where the laboratory names no time: then what counts is now."""


def projected(container: Container, condition: Kept, at: datetime) -> Container:
    """The container as it stands once it lies in a package kept at a condition."""
    now = "refrigerated" if container.condition == "on_ice" else container.condition
    if now is None or now == condition:
        return container
    return replace(container, stays=(*container.stays, Stay(condition=condition, since=at)))


def remarks(
    container: Container,
    asked: Mapping[str, Asked],
    going: Going,
    at: datetime,
    pieces: Collection[Container] = (),
) -> tuple[Remark, ...]:
    """What speaks against packing a container now. ``asked`` is by test; ``pieces`` are the others of its set."""
    there = _there(container)
    if there is not None:
        return (Remark(code=there, severity="block"),)
    found = [*_ready(container, going), *_set(container, pieces)]
    outside = [need for need in waiting(container) if not need.in_house]
    if not outside:
        return (*found, Remark(code="in_house", severity="block"))
    found += _orders(outside, asked, going)
    if len(outside) < len(waiting(container)):
        found.append(Remark(code="also_here", severity="warn"))
    kept = projected(container, going.condition, at)
    wrong = _conditions(outside, going)
    # where it does not keep at all, that its time is up there says nothing more
    found += wrong if blocked(wrong) else [*wrong, *_time(kept, outside, going, at)]
    return tuple(sorted(found, key=lambda remark: remark.severity != "block"))


def blocked(found: Collection[Remark]) -> bool:
    """Whether a remark keeps it out."""
    return any(remark.severity == "block" for remark in found)


def _there(container: Container) -> str | None:
    if container.collected_at is None:
        return "not_collected"
    if container.state == "packed":
        return "elsewhere"
    return None if container.state == "collected" else "state"


def _ready(container: Container, going: Going) -> list[Remark]:
    found = []
    if not container.labeled:
        found.append(Remark(code="unlabeled", severity="block"))
    task = task_of(container)
    if container.running() is not None:
        found.append(Remark(code="running", severity="block", step=task.step if task else None))
    elif task is not None and task.step not in {"pack", "test"} and not _put_away(container, task.step, going):
        found.append(Remark(code="step", severity="block", step=task.step))
    return found


def _put_away(container: Container, step: str, going: Going) -> bool:
    """Whether lying in the package is what the step asks for."""
    return step == "store" and all(not need.storage or going.condition in need.storage for need in waiting(container))


def _set(container: Container, pieces: Collection[Container]) -> list[Remark]:
    """A kit's pieces go together: each of them is here, or in the package already."""
    fits = all(piece.state in HERE and piece.running() is None for piece in pieces)
    return [] if fits or container.set_number is None else [Remark(code="set", severity="block")]


def _orders(outside: list[Need], asked: Mapping[str, Asked], going: Going) -> list[Remark]:
    lines = [asked[need.test] for need in outside if need.test in asked]
    if not lines:
        return [Remark(code="no_order", severity="warn")]
    wanted = [line for line in lines if line.state != "cancelled"]
    if not wanted:
        return [Remark(code="cancelled", severity="block")]
    found = []
    to = {line.laboratory_id for line in wanted}
    if not to & {going.laboratory_id, None}:
        found.append(Remark(code="laboratory", severity="block"))
    elif to - {going.laboratory_id, None}:
        found.append(Remark(code="also_there", severity="warn"))
    if any(line.state in {"held", "draft"} for line in wanted):
        found.append(Remark(code="held", severity="warn"))
    return found


def _conditions(outside: list[Need], going: Going) -> list[Remark]:
    for need in outside:
        keeps = need.keeps(going.condition)
        elsewhere = bool(need.storage) and going.condition not in need.storage
        if keeps == timedelta(0) or (elsewhere and keeps is None):
            return [Remark(code="condition", severity="block", test=need.test)]
    for need in outside:
        if need.storage and going.condition not in need.storage:
            return [Remark(code="condition_other", severity="warn", test=need.test)]
    return []


def _time(kept: Container, outside: list[Need], going: Going, at: datetime) -> list[Remark]:
    limits = [
        (limit, need.test)
        for need in outside
        if not incubated_in_time(kept, need) and (limit := use_by(kept, need)) is not None
    ]
    if not limits:
        return []
    limit, test = min(limits)
    leaves = max(at, going.cutoff_at or at)
    if limit < leaves:
        return [Remark(code="expired", severity="block", test=test, at=limit)]
    if going.cutoff_at is not None and limit - leaves < TIGHT:
        return [Remark(code="tight", severity="warn", test=test, at=limit)]
    return []


def expired(container: Container, at: datetime) -> bool:
    """Whether it is past its use-by for a test it is sent for."""
    limits = [use_by(container, need) for need in waiting(container) if not incubated_in_time(container, need)]
    return any(limit is not None and limit < at for limit in limits)


def missing_pieces(sent: Consignment, pieces: Mapping[str, Collection[str]]) -> dict[str, tuple[str, ...]]:
    """By the number of a set: pieces that are not in the package though one of their set is."""
    inside = {item.number for item in sent.items}
    sets = {item.set_number for item in sent.items if item.set_number is not None}
    found = {each: tuple(number for number in pieces.get(each, ()) if number not in inside) for each in sorted(sets)}
    return {each: numbers for each, numbers in found.items() if numbers}
