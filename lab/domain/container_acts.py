"""What each act does to a container, and the rules that no sequence of acts can break.

Every act is offered to ``after``, which gives the container after it or refuses; so what a screen, a replay or an
import may do is decided here alone.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from msgspec.structs import replace

from lab.domain import events as of
from lab.domain.container import HERE, OPEN, Container, NotPossible, Run
from lab.domain.events import Stay
from lab.domain.force import g_of


def in_time(standing: Container, at: datetime, now: datetime) -> None:
    """Insist that an act happened neither in the future, nor before the collection, nor before the last act.

    Raises:
        NotPossible: it did.
    """
    if at > now:
        raise NotPossible("future")
    if standing.collected_at is not None and at < standing.collected_at:
        raise NotPossible("before_collection")
    if standing.last_at is not None and at < standing.last_at:
        raise NotPossible("before_last")


def after(standing: Container, type_: str, body: Any, actor_id: int | None) -> Container:
    """The container with one more fact.

    Raises:
        NotPossible: it does not fit what happened before.
    """
    at: datetime = body.at
    beside = type_ in BESIDE
    if not beside:
        in_time(standing, at, at)
    told = _AFTER[type_](standing, body, actor_id)
    return replace(told, sequence=standing.sequence + 1, last_at=standing.last_at if beside else at)


def _must(fits: bool, code: str = "state") -> None:
    if not fits:
        raise NotPossible(code)


def _labeled(was: Container, _body: of.Labeled, _by: int | None) -> Container:
    _must(was.state in OPEN)
    return replace(was, labeled=True, state="labeled" if was.state == "planned" else was.state)


def _collected(was: Container, body: of.Collected, by: int | None) -> Container:
    _must(was.collected_at is None, "already_collected")
    _must(was.state in {"planned", "labeled"})
    _must(body.volume_ul is None or body.volume_ul > 0, "volume")
    _must(body.started_at is None or body.started_at <= body.at, "before_collection")
    chilled = was.stays[-1:] and was.stays[-1].condition == "on_ice"
    return replace(
        was,
        state="collected",
        collected_at=body.at,
        collected_by=by,
        method=body.method,
        site=body.site or was.site,
        volume_ul=body.volume_ul,
        remaining_ul=body.volume_ul,
        stays=(Stay(condition="on_ice" if chilled else "room", since=body.at),),
    )


def _step_started(was: Container, body: of.StepStarted, _by: int | None) -> Container:
    _must(was.collected_at is not None, "not_collected")
    _must(was.state == "collected")
    _must(was.running() is None, "running")
    force = body.g
    if force is None and body.rpm and body.radius_mm:
        force = g_of(body.rpm, body.radius_mm)
    run = Run(step=body.step, started_at=body.at, device_id=body.device_id, g=force)
    return replace(was, runs=(*was.runs, run))


def _step_ended(was: Container, body: of.StepEnded, _by: int | None) -> Container:
    _must(was.running(body.step) is not None, "not_running")
    ended = (
        replace(run, ended_at=body.at) if run.step == body.step and run.ended_at is None else run for run in was.runs
    )
    return replace(was, runs=tuple(ended))


def _step_done(was: Container, body: of.StepDone, _by: int | None) -> Container:
    if body.step == "drink":
        _must(was.collected_at is None, "already_collected")
        _must(was.state in {"planned", "labeled"})
    else:
        _must(was.collected_at is not None, "not_collected")
        _must(was.state == "collected")
    return replace(was, runs=(*was.runs, Run(step=body.step, started_at=body.at, ended_at=body.at)))


def _aliquoted(was: Container, body: of.Aliquoted, _by: int | None) -> Container:
    _must(was.collected_at is not None, "not_collected")
    _must(was.state == "collected")
    _must(was.running() is None, "running")
    _must(body.volume_ul > 0, "volume")
    _must(was.remaining_ul is None or body.volume_ul <= was.remaining_ul, "volume")
    run = Run(step="aliquot", started_at=body.at, ended_at=body.at)
    return replace(
        was,
        runs=(*was.runs, run),
        children=(*was.children, body.child_id),
        moved=(*was.moved, *(test for test in body.tests if test not in was.moved)),
        remaining_ul=None if was.remaining_ul is None else was.remaining_ul - body.volume_ul,
    )


def _stored(was: Container, body: of.Stored, _by: int | None) -> Container:
    if was.collected_at is None and body.condition == "on_ice":
        # the tube waits in its slurry before the draw
        _must(was.state in {"planned", "labeled"})
        return replace(was, stays=(Stay(condition="on_ice", since=body.at, place_id=body.place_id),))
    _must(was.collected_at is not None, "not_collected")
    _must(was.state in HERE)
    return replace(was, stays=(*was.stays, Stay(condition=body.condition, since=body.at, place_id=body.place_id)))


def _noted(was: Container, body: of.Noted, _by: int | None) -> Container:
    _must(was.collected_at is not None, "not_collected")
    return replace(was, conditions=(*was.conditions, body.condition) if body.condition else was.conditions)


def _packed(was: Container, body: of.Packed, _by: int | None) -> Container:
    _must(was.collected_at is not None, "not_collected")
    _must(was.state == "collected")
    _must(was.running() is None, "running")
    _must(was.labeled, "unlabeled")
    return replace(was, state="packed", package_id=body.package_id, packed_at=body.at)


def _unpacked(was: Container, body: of.Packed, _by: int | None) -> Container:
    _must(was.state == "packed" and was.package_id == body.package_id)
    return replace(was, state="collected", package_id=None, packed_at=None)


def _sent(was: Container, body: of.Packed, _by: int | None) -> Container:
    _must(was.state == "packed" and was.package_id == body.package_id)
    return replace(was, state="sent", sent_at=body.at)


def _recalled(was: Container, body: of.Packed, _by: int | None) -> Container:
    """A wrong send-out undone: it is in its package again."""
    _must(was.state == "sent" and was.package_id == body.package_id)
    return replace(was, state="packed", sent_at=None)


def _received(was: Container, body: of.Received, _by: int | None) -> Container:
    _must(was.state == "sent")
    return replace(
        was,
        state="lost" if body.state == "missing" else "received",
        received_at=None if body.state == "missing" else body.at,
        receipt=body.state,
    )


def _rejected(was: Container, body: of.Rejected, _by: int | None) -> Container:
    _must(was.collected_at is not None, "not_collected")
    _must(was.state not in {"rejected", "missed"})
    return replace(
        was,
        state="rejected",
        rejected_code=body.code,
        rejected_sub=body.sub,
        recollect_id=body.recollect_id,
    )


def _resulted(was: Container, body: of.Resulted, _by: int | None) -> Container:
    _must(was.collected_at is not None, "not_collected")
    _must(was.state not in {"rejected", "missed"})
    if any(test == body.test for test, _ in was.resulted):
        return was
    return replace(was, resulted=(*was.resulted, (body.test, body.at)))


def _missed(was: Container, _body: of.Ended, _by: int | None) -> Container:
    _must(was.state in {"planned", "labeled"}, "already_collected")
    return replace(was, state="missed")


def _lost(was: Container, _body: of.Ended, _by: int | None) -> Container:
    _must(was.collected_at is not None, "not_collected")
    _must(was.state in {"collected", "packed", "sent"})
    return replace(was, state="lost")


def _found(was: Container, _body: of.Ended, _by: int | None) -> Container:
    _must(was.state == "lost")
    return replace(was, state="collected", package_id=None, packed_at=None, sent_at=None)


def _voided(was: Container, _body: of.Ended, _by: int | None) -> Container:
    """The pouring was taken back: only while nothing was done with the aliquot."""
    _must(was.parent_id is not None and was.state == "collected" and not (was.runs or was.children), "child_used")
    return replace(was, state="void", volume_ul=0, remaining_ul=0)


def _ended(state: str) -> Transition:
    def ended(was: Container, _body: of.Ended, _by: int | None) -> Container:
        _must(was.collected_at is not None, "not_collected")
        _must(was.state in {"collected", "received", "rejected", "used_up"} and was.state != state)
        _must(was.running() is None, "running")
        return replace(was, state=state)

    return ended


Transition = Callable[[Container, Any, int | None], Container]

BESIDE = frozenset({"specimen.labeled", "specimen.noted"})
"""Acts that do nothing to what is in the container: they may be told out of order."""

_AFTER: dict[str, Transition] = {
    "specimen.labeled": _labeled,
    "specimen.collected": _collected,
    "specimen.step_started": _step_started,
    "specimen.step_ended": _step_ended,
    "specimen.step_done": _step_done,
    "specimen.aliquoted": _aliquoted,
    "specimen.stored": _stored,
    "specimen.noted": _noted,
    "specimen.packed": _packed,
    "specimen.unpacked": _unpacked,
    "specimen.sent": _sent,
    "specimen.recalled": _recalled,
    "specimen.received": _received,
    "specimen.rejected": _rejected,
    "specimen.resulted": _resulted,
    "specimen.missed": _missed,
    "specimen.lost": _lost,
    "specimen.found": _found,
    "specimen.used_up": _ended("used_up"),
    "specimen.disposed": _ended("disposed"),
    "specimen.voided": _voided,
}
"""What each fact does to a container (law 7)."""
