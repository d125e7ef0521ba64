"""Acts of the bench on the container in hand: what each would leave behind, what it still asks, and doing it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select

from clinic.base import db
from clinic.domain.words import N_
from clinic.services.acting import Actor
from lab.domain.asking import Deed, Question, Wants
from lab.domain.container import Container, NotPossible
from lab.domain.container_acts import after, in_time
from lab.domain.events import Aliquoted, Collected, StepDone, StepEnded, StepStarted, Stored
from lab.domain.need import Need
from lab.domain.refusals import refused
from lab.domain.stability import waiting
from lab.models import Device, Specimen
from lab.services.aliquot import aliquot
from lab.services.collect import collect
from lab.services.do_step import do_step, end_step, start_step
from lab.services.end_container import end_container
from lab.services.note_condition import note_condition
from lab.services.pack import pack
from lab.services.package_facts import package_by_number
from lab.services.specimens import container_of
from lab.services.store import store
from lab.services.undo import undo
from lab.steps.registry import flags_of, step_of
from lab.steps.step import Flag

REASONED = frozenset({"missed", "lost", "undo"})
"""Acts that always need a reason."""
LETS_GO = frozenset({"store", "pack", "missed", "lost", "used_up"})
"""Acts after which nothing is in hand any more: the container stands somewhere, or is gone."""


def what_is_asked(actor: Actor, row: Specimen, deed: Deed, at: datetime) -> Question | None:
    """What must be answered before the act is recorded; None where nothing.

    Raises:
        Refused: the act does not fit, whatever is answered.
    """
    standing = container_of(row)
    if wants := _wanted(standing, deed, at):
        return Question(wants=wants, deed=deed)
    if deed.reason:
        return None
    flags = not_kept(actor, standing, deed, at)
    if not flags and deed.act not in REASONED:
        return None
    return Question(wants="reason", deed=deed, flags=tuple((flag.code, flag.minutes) for flag in flags))


def _wanted(standing: Container, deed: Deed, at: datetime) -> Wants | None:
    """What the act lacks, other than a reason.

    Raises:
        Refused: it does not fit, whatever is answered.
    """
    wants: Wants | None = None
    match deed.act:
        case "collect" if deed.method is None:
            offered(standing, "specimen.collected", Collected(at=at), at)
            wants = "draw"
        case "aliquot" if deed.volume_ul is None:
            least = Aliquoted(at=at, child_id=0, child_number="", volume_ul=1, tests=())
            offered(standing, "specimen.aliquoted", least, at)
            wants = "volume"
        case "store" if deed.place_id is None and deed.condition is None:
            wants = "where"
        case "note" if deed.seen is None and not deed.words:
            wants = "seen"
    return wants


def not_kept(actor: Actor, standing: Container, deed: Deed, at: datetime) -> Sequence[Flag]:
    """Limits that the act would not keep, other than those that were known to be missed at the act before."""
    event = _event_of(standing, deed, at)
    if event is None:
        return ()
    then = offered(standing, *event, at, actor.staff_id)
    known = {flag.code for flag in flags_of(standing, standing.last_at or at)}
    return [flag for flag in flags_of(then, at) if flag.code not in known]


def offered(standing: Container, type_: str, body: Any, at: datetime, by: int | None = None) -> Container:
    """The container as the act would leave it.

    Raises:
        Refused: it does not fit.
    """
    try:
        in_time(standing, at, at)
        return after(standing, type_, body, by)
    except NotPossible as why:
        raise refused(why, standing.number) from why


def _event_of(standing: Container, deed: Deed, at: datetime) -> tuple[str, Any] | None:
    match deed.act:
        case "collect":
            return "specimen.collected", Collected(at=at, volume_ul=deed.volume_ul, method=deed.method)
        case "step":
            return _step_event(standing, deed.step or "", at)
        case "aliquot":
            tests = tuple(need.test for need in waiting(standing))
            body = Aliquoted(at=at, child_id=0, child_number="", volume_ul=deed.volume_ul or 0, tests=tests)
            return "specimen.aliquoted", body
        case "store" if deed.condition is not None:
            return "specimen.stored", Stored(at=at, condition=deed.condition)  # type: ignore[arg-type]  # read from a card
    return None


def _step_event(standing: Container, key: str, at: datetime) -> tuple[str, Any]:
    step = step_of(key)
    if step is None or not (step.timed or step.point):
        raise refused(NotPossible("unknown_verb"), key)
    if step.point:
        return "specimen.step_done", StepDone(step=key, at=at)
    if standing.running(key) is not None:
        return "specimen.step_ended", StepEnded(step=key, at=at)
    return "specimen.step_started", StepStarted(step=key, at=at)


def carry_out(actor: Actor, row: Specimen, deed: Deed, device: Device | None) -> tuple[str, dict[str, str | int]]:
    """Do it; gives what was done as a message id and what fills it.

    Raises:
        Refused: it does not fit after all.
        NotAllowed: the actor may not.
    """
    said: dict[str, str | int] = {}
    if deed.act == "step":
        return _step(actor, row, deed, device)
    match deed.act:
        case "collect":
            collect(actor, row.id, volume_ul=deed.volume_ul, method=deed.method, site=deed.site)
            _remark(actor, row, deed)
        case "aliquot":
            child = db.session.get_one(Specimen, aliquot(actor, row.id, deed.volume_ul or 0))
            _remark(actor, row, deed)
            said = {"child": child.number}
        case "store":
            store(actor, row.id, deed.condition, place_id=deed.place_id, reason=deed.reason)
        case "note":
            note_condition(actor, row.id, deed.seen, deed.words or "")
        case "pack":
            package = package_by_number(actor, deed.package or "")
            pack(actor, package.id, row.id, reason=deed.reason)
            said = {"package": package.number}
        case "undo":
            undo(actor, row.id, deed.reason or "")
        case "missed" | "lost" | "used_up":
            end_container(actor, row.id, deed.act, reason=deed.reason)
    return DONE[deed.act], said


DONE: dict[str, str] = {
    "collect": N_("collected"),
    "aliquot": N_("poured off into %(child)s"),
    "store": N_("put away"),
    "note": N_("condition noted"),
    "pack": N_("packed into %(package)s"),
    "undo": N_("last act taken back"),
    "missed": N_("not collected"),
    "lost": N_("lost"),
    "used_up": N_("used up"),
}
"""What was done, for the list of scans."""


def _remark(actor: Actor, row: Specimen, deed: Deed) -> None:
    """Why a limit was not kept, where the act itself holds no reason."""
    if deed.reason:
        note_condition(actor, row.id, None, deed.reason)


def _step(actor: Actor, row: Specimen, deed: Deed, device: Device | None) -> tuple[str, dict[str, str | int]]:
    key = deed.step or ""
    step = step_of(key)
    if step is None or not (step.timed or step.point):
        raise refused(NotPossible("unknown_verb"), key)
    if step.point:
        do_step(actor, row.id, key, reason=deed.reason)
        return N_("%(step)s: done"), {"step": step.words}
    if container_of(row).running(key) is not None:
        end_step(actor, row.id, key, reason=deed.reason)
        return N_("%(step)s: ended"), {"step": step.words}
    force = max((need.rcf_g for need in container_of(row).needs if need.rcf_g is not None), default=None)
    start_step(
        actor,
        row.id,
        key,
        device_id=device.id if device else None,
        g=force if key == "spin" else None,
        reason=deed.reason,
    )
    return N_("%(step)s: started"), {"step": step.words}


def not_asked_for(row: Specimen, deed: Deed) -> bool:
    """Whether a step was scanned that none of the container's tests asks: a tube that must not be spun is not."""
    asks = _ASKED.get(deed.step or "") if deed.act == "step" else None
    standing = container_of(row)
    if asks is None or standing.running(deed.step) is not None:
        return False
    return not any(asks(need) for need in standing.needs)


_ASKED: dict[str, Callable[[Need], bool]] = {
    "spin": lambda need: need.spin_minutes is not None,
    "incubate": lambda need: need.incubate_minutes is not None or need.incubate_within_minutes is not None,
    "read": lambda need: need.in_house and (need.read_from_minutes is not None or need.read_until_minutes is not None),
    "fix": lambda need: need.fix,
    "transfer": lambda need: need.transfer_within_minutes is not None,
    "drink": lambda need: need.drink_minutes is not None,
}


def goes_away(row: Specimen, deed: Deed) -> bool:
    """Whether the container leaves the hand with the act: into a device, to a place, for good."""
    if deed.act in LETS_GO:
        # a tube that waits on ice for its draw is drawn next
        return row.collected_at is not None or deed.act != "store"
    return deed.act == "step" and row.running


def device_for(actor: Actor, kind: str, chosen: int | None, location_id: int) -> Device | None:
    """The device whose card was scanned last, else the first of its kind at the place."""
    rows = db.session.scalars(
        select(Device)
        .where(Device.practice_id == actor.practice_id, Device.kind == kind, Device.active)
        .order_by(Device.location_id != location_id, Device.id)
    ).all()
    return next((row for row in rows if row.id == chosen), rows[0] if rows else None)
