"""The verbs of a replay, each through the service that the screens use. docs/replay.md is their reference."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime

from sqlalchemy import select

from clinic.base import db
from clinic.domain.value import Value
from lab.domain.container import NotPossible
from lab.domain.events import Labeled, Noted, Packed, Resulted
from lab.domain.package_events import HandedOver, Sealed
from lab.domain.package_refusals import package_refused
from lab.domain.packing import missing_pieces
from lab.domain.replay_event import Event
from lab.models import Package, Specimen
from lab.services.aliquot import aliquot
from lab.services.at_the_bench import in_hand
from lab.services.collect import collect
from lab.services.do_step import do_step, end_step, start_step
from lab.services.end_container import How, end_container
from lab.services.fitting import pieces_of
from lab.services.hand_over import expect
from lab.services.open_package import open_package
from lab.services.pack import put_in
from lab.services.package_facts import consignment_of, inside, package_in_hand, tell_package
from lab.services.recall_package import recall_package
from lab.services.receive_package import receive_package
from lab.services.reject import reject
from lab.services.replay_kept import report_kept
from lab.services.scratch_bench import Bench
from lab.services.specimens import container_of, tell
from lab.services.store import store
from lab.services.undo import undo
from lab.services.unpack import unpack


class Stage(Value, frozen=True, kw_only=True):
    """What an act finds: the bench, the ids of containers and packages by the file's names for them."""

    bench: Bench
    ids: dict[str, int]
    packages: dict[str, int]

    def id_of(self, name: str | None) -> int:
        """The container of that name.

        Raises:
            NotPossible: the file knows none.
        """
        found = self.ids.get(name or "")
        if found is None:
            raise NotPossible("unknown_container")
        return found

    def number_for(self, name: str) -> str | None:
        """What a new container is called: its name in a scratch bench, else the practice's next number."""
        if name in self.ids:
            raise NotPossible("already_planned")
        return name if self.bench.scratch else None


Touched = Iterable[int]
"""Ids of the containers that an act may have changed."""


def row_of(specimen_id: int) -> Specimen:
    """The container's row as it is now."""
    return db.session.get_one(Specimen, specimen_id)


def when(event: Event) -> datetime:
    """The event's instant; only those that have one are played."""
    if event.at is None:
        raise NotPossible("bad_field")
    return event.at


def _labeled(stage: Stage, event: Event) -> Touched:
    found = stage.id_of(event.container)
    with in_hand(stage.bench.actor, found, event.at) as hand:
        tell(hand.work, hand.row, "specimen.labeled", Labeled(at=hand.at))
    return (found,)


def _collected(stage: Stage, event: Event) -> Touched:
    found = stage.id_of(event.container)
    collect(stage.bench.actor, found, event.at, volume_ul=event.volume_ul, method=event.method)
    return (found,)


def _point(step: str) -> Verb:
    def act(stage: Stage, event: Event) -> Touched:
        found = stage.id_of(event.container)
        do_step(stage.bench.actor, found, step, event.at, reason=event.reason or None)
        return (found,)

    return act


def start(step: str) -> Verb:
    """The verb that starts a step."""

    def act(stage: Stage, event: Event) -> Touched:
        found = stage.id_of(event.container)
        if event.test is not None and event.test not in {need.test for need in container_of(row_of(found)).needs}:
            raise NotPossible("unknown_test")
        force = {"g": event.g, "rpm": event.rpm, "radius_mm": event.radius_mm}
        start_step(stage.bench.actor, found, step, event.at, **force, reason=event.reason or None)
        return (found,)

    return act


def end(step: str) -> Verb:
    """The verb that ends a step."""

    def act(stage: Stage, event: Event) -> Touched:
        found = stage.id_of(event.container)
        end_step(stage.bench.actor, found, step, event.at, reason=event.reason or None)
        return (found,)

    return act


def _card(step: str) -> Verb:
    def act(stage: Stage, event: Event) -> Touched:
        running = container_of(row_of(stage.id_of(event.container))).running(step)
        return (end if running else start)(step)(stage, event)

    return act


def _aliquoted(stage: Stage, event: Event) -> Touched:
    found = stage.id_of(event.container)
    child = aliquot(
        stage.bench.actor,
        found,
        event.volume_ul or 0,
        event.at,
        tests=event.tests,
        number=stage.number_for(event.child) if event.child else None,
    )
    stage.ids[event.child or row_of(child).number] = child
    return (found, child)


def _stored(stage: Stage, event: Event) -> Touched:
    found = stage.id_of(event.container)
    store(stage.bench.actor, found, event.condition, event.at, reason=event.reason or None)
    return (found,)


def _on_ice(stage: Stage, event: Event) -> Touched:
    found = stage.id_of(event.container)
    store(stage.bench.actor, found, "on_ice", event.at, reason=event.reason or None)
    return (found,)


def _packed(stage: Stage, event: Event) -> Touched:
    found, name = stage.id_of(event.container), event.package or ""
    bench = stage.bench
    if name not in stage.packages:
        if bench.laboratory_id is None:
            raise NotPossible("bad_field")
        number = name if bench.scratch else None
        stage.packages[name] = open_package(
            bench.actor, bench.laboratory_id, bench.location_id, at=event.at, number=number
        )
    with package_in_hand(bench.actor, stage.packages[name], event.at) as hand:
        row = row_of(found)
        hand.work.session.refresh(row)
        # told of what happened, not weighed: what should not have been packed becomes a flag
        put_in(hand, row, reason=event.reason or None)
    return (found,)


def _unpacked(stage: Stage, event: Event) -> Touched:
    found = stage.id_of(event.container)
    package_id = row_of(found).package_id
    if package_id is None:
        raise NotPossible("state")
    unpack(stage.bench.actor, package_id, found, event.at, reason=event.reason or None)
    return (found,)


def _handed_over(stage: Stage, event: Event) -> Touched:
    with package_in_hand(stage.bench.actor, _package(stage, event), event.at) as hand:
        rows, sent = inside(hand.row), consignment_of(hand.row)
        sets = pieces_of(hand.row.practice_id, {item.set_number for item in sent.items if item.set_number})
        if missing_pieces(sent, {each: [row.number for row in pieces] for each, pieces in sets.items()}):
            raise package_refused(NotPossible("set"), sent.number)
        if sent.state == "open":
            tell_package(hand.work, hand.row, "package.sealed", Sealed(at=hand.at, seal=sent.number))
        body = HandedOver(at=hand.at, courier=event.by or "courier", seal=sent.seal or sent.number)
        tell_package(hand.work, hand.row, "package.handed_over", body, reason=event.reason or None)
        for row in rows:
            tell(hand.work, row, "specimen.sent", Packed(at=hand.at, package_id=hand.row.id))
        if not stage.bench.scratch:
            expect(hand, rows)
        return [row.id for row in rows]


def _received(stage: Stage, event: Event) -> Touched:
    package_id, said = _package(stage, event), event.value or "good"
    one = None if event.container is None else stage.id_of(event.container)
    receipts = {} if one is None else {one: said}
    receive_package(stage.bench.actor, package_id, receipts, event.at, rest=said if one is None else None)
    return _inside(package_id)


def _returned(stage: Stage, event: Event) -> Touched:
    package_id = _package(stage, event)
    recall_package(stage.bench.actor, package_id, event.reason, event.at)
    return _inside(package_id)


def _inside(package_id: int) -> list[int]:
    return [row.id for row in inside(db.session.get_one(Package, package_id))]


def _package(stage: Stage, event: Event) -> int:
    """The package an event names, or the one its container lies in."""
    if event.package is not None:
        found = stage.packages.get(event.package)
        if found is None or not consignment_of(db.session.get_one(Package, found)).items:
            raise NotPossible("bad_field")
        return found
    lies = row_of(stage.id_of(event.container)).package_id
    if lies is None:
        raise NotPossible("state")
    return lies


def _result(stage: Stage, event: Event) -> Touched:
    found = stage.id_of(event.container)
    if event.test not in {need.test for need in container_of(row_of(found)).needs}:
        raise NotPossible("unknown_test")
    with in_hand(stage.bench.actor, found, event.at, right="lab.result") as hand:
        tell(hand.work, hand.row, "specimen.resulted", Resulted(at=hand.at, test=event.test or ""))
        if not stage.bench.scratch:
            report_kept(hand, event, "final")
    return (found,)


def _corrected(stage: Stage, event: Event) -> Touched:
    found = stage.id_of(event.container)
    standing = container_of(row_of(found))
    if event.test not in {need.test for need in standing.needs}:
        raise NotPossible("unknown_test")
    if event.test not in {test for test, _ in standing.resulted}:
        raise NotPossible("state")
    if not event.reason:
        raise NotPossible("reason")
    words = " ".join(f"{event.test}: {event.value or ''} ({event.reason})".split())
    with in_hand(stage.bench.actor, found, event.at, right="lab.result") as hand:
        tell(hand.work, hand.row, "specimen.noted", Noted(at=hand.at, words=words))
        if not stage.bench.scratch:
            report_kept(hand, event, "corrected")
    return (found,)


def _reject(stage: Stage, event: Event) -> Touched:
    found = stage.id_of(event.container)
    if event.code is None and not event.reason:
        raise NotPossible("reason")
    name = event.child or _again(event.container or "")
    reason = event.reason or event.code or ""
    number = stage.number_for(name)
    new = reject(stage.bench.actor, found, event.code or "", reason, sub=event.sub, at=event.at, number=number)
    if new is not None:
        stage.ids[name] = new
        return (*_family(found), new)
    return _family(found)


def _again(name: str) -> str:
    """``T1`` is drawn again as ``T1/2``, that as ``T1/3``."""
    root, slash, count = name.rpartition("/")
    return f"{root}/{int(count) + 1}" if slash and count.isdecimal() else f"{name}/2"


def _family(specimen_id: int) -> list[int]:
    """A container and all that was ever poured off it."""
    found = [specimen_id]
    for each in found:
        found += db.session.scalars(select(Specimen.id).where(Specimen.parent_id == each))
    return found


def _ended(how: How) -> Verb:
    def act(stage: Stage, event: Event) -> Touched:
        found = stage.id_of(event.container)
        end_container(stage.bench.actor, found, how, event.at, reason=event.reason or None)
        return (found,)

    return act


def _undo(stage: Stage, event: Event) -> Touched:
    found = stage.id_of(event.container)
    undo(stage.bench.actor, found, event.reason, event.at)
    return _family(found)


Verb = Callable[[Stage, Event], Touched]

ACTS: dict[str, Verb] = {
    "labeled": _labeled,
    "drink_end": _point("drink"),
    "collected": _collected,
    "mixed": _point("mix"),
    "transferred": _point("transfer"),
    "spin_start": start("spin"),
    "spin_end": end("spin"),
    "aliquoted": _aliquoted,
    "incubate_start": start("incubate"),
    "incubate_end": end("incubate"),
    "fix_start": start("fix"),
    "fix_end": end("fix"),
    "read_start": start("read"),
    "read_end": end("read"),
    "on_ice": _on_ice,
    "stored": _stored,
    "packed": _packed,
    "unpacked": _unpacked,
    "handed_over": _handed_over,
    "received": _received,
    "returned": _returned,
    "result": _result,
    "corrected": _corrected,
    "reject": _reject,
    "missed": _ended("missed"),
    "lost": _ended("lost"),
    "found": _ended("found"),
    "used": _ended("used_up"),
    "disposed": _ended("disposed"),
    "undo": _undo,
    "spin": _card("spin"),
    "incubate": _card("incubate"),
    "read": _card("read"),
    "fix": _card("fix"),
}
"""The verbs that act on containers that are there, and the four step cards that start or end."""
