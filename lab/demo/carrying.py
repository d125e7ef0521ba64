"""Carrying the demo's containers through their steps, each act at its time: what the bench says is next, is done."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, select

from clinic.base import db
from clinic.models import Location
from clinic.services.acting import Actor
from clinic.services.clock import running_from
from lab.documents.label_pdf import labels_pdf
from lab.domain.catalogue import Holder
from lab.domain.container import Container
from lab.domain.need import Need
from lab.domain.stability import waiting
from lab.models import Device, Specimen, StoragePlace
from lab.services.aliquot import aliquot
from lab.services.collect import collect
from lab.services.do_step import do_step, end_step, start_step
from lab.services.print_labels import Loaded, laid_in, print_labels
from lab.services.run_label_job import hand_over as take_labels
from lab.services.shipped import shipped
from lab.services.specimens import container_of
from lab.services.store import store
from lab.steps.registry import task_of

MINUTE = timedelta(minutes=1)
MOST_STEPS = 12
POURED_UL = 1000

LAST = frozenset({"pack", "hand_over", "test", "read"})
"""Steps that are no preparation."""

OPENS, CLOSES = time(7, 45), time(18)

DRAWN = {
    "VENIP": ("venipuncture", "left arm"),
    "CAP": ("capillary", "left ring finger"),
    "SWA": ("swab", None),
    "BIO": ("biopsy", None),
}
"""How a specimen is taken and where, by what its test asks (HL7 table 0488); anything else the patient brings."""


def label(actor: Actor, tubes: Sequence[Specimen], at: datetime) -> None:
    """Print the labels of some containers as one job."""
    with running_from(at):
        job = print_labels(actor, [tube.id for tube in tubes], Loaded())
        take_labels(actor, job, lambda rows: labels_pdf([laid_in(row) for row in rows]))


def draw(actor: Actor, tubes: Sequence[Specimen], at: datetime) -> None:
    """Fill the containers one after another: on ice and turned over as they ask, tissue straight into its fixative."""
    for tube in tubes:
        with running_from(at):
            if any(need.on_ice for need in container_of(tube).needs):
                store(actor, tube.id, place_id=place_of(actor, "on_ice"), at=at)
            fill(actor, tube, at)


def fill(actor: Actor, tube: Specimen, at: datetime, volume_ul: int | None = None) -> None:
    """Collect one container, and turn it as often as its additive asks."""
    holder = shipped().holders[tube.holder]
    method, site = _taken(container_of(tube))
    collect(actor, tube.id, at, volume_ul=volume_ul or _full(holder), method=method, site=site)
    if holder.inversions:
        do_step(actor, tube.id, "mix", at)
    if any(need.fix for need in container_of(tube).needs):
        start_step(actor, tube.id, "fix", at)


def _taken(container: Container) -> tuple[str, str | None]:
    asked = next((need.method for need in container.needs if need.method), "")
    return DRAWN.get(asked, ("void", None))


def _full(holder: Holder) -> int | None:
    return holder.fill_ul or holder.capacity_ul if holder.kind == "tube" else None


def prepare(actor: Actor, tube: Specimen, at: datetime) -> datetime:
    """Do what is next, and next again, until it can be packed or tested; gives when that was."""
    for _ in range(MOST_STEPS):
        task = task_of(container_of(tube))
        if task is None or task.step in LAST:
            return at
        at = _awake(actor, max(at + MINUTE, task.ready_at or at))
        with running_from(at):
            _do(actor, tube, task.step, at, running=task.running)
    return at


def _awake(actor: Actor, at: datetime) -> datetime:
    """The instant, or the next morning where nobody is at the bench."""
    zone = ZoneInfo(db.session.scalars(select(Location.time_zone).where(_here(actor, Location))).first() or "UTC")
    local = at.astimezone(zone)
    if OPENS <= local.time() < CLOSES:
        return at
    day = local.date() + timedelta(days=local.time() >= CLOSES)
    return datetime.combine(day, OPENS, zone).astimezone(at.tzinfo)


def _do(actor: Actor, tube: Specimen, step: str, at: datetime, *, running: bool) -> None:
    if running:
        end_step(actor, tube.id, step, at)
    elif step in {"spin", "incubate"}:
        device = _device(actor, "centrifuge" if step == "spin" else "incubator")
        start_step(actor, tube.id, step, at, device_id=device, g=1500 if step == "spin" else None)
    elif step == "aliquot":
        _pour(actor, tube, at)
    elif step in {"store", "chill"}:
        wanted = "on_ice" if step == "chill" else _kept(waiting(container_of(tube)))
        store(actor, tube.id, at=at, place_id=place_of(actor, wanted))
    else:
        do_step(actor, tube.id, step, at)


def _pour(actor: Actor, tube: Specimen, at: datetime) -> None:
    """An aliquot for each place where its tests are kept: what is frozen stands in a vial of its own."""
    by_place: dict[str, list[str]] = {}
    for need in waiting(container_of(tube)):
        by_place.setdefault(_kept([need]), []).append(need.test)
    poured = [aliquot(actor, tube.id, POURED_UL, at, tests=tests) for tests in by_place.values()]
    children = [db.session.get_one(Specimen, each) for each in poured]
    label(actor, children, at)
    for child in children:
        prepare(actor, child, at)


def _kept(needs: Sequence[Need]) -> str:
    return next((need.storage[0] for need in needs if need.storage), "refrigerated")


def place_of(actor: Actor, condition: str) -> int:
    """The place of the demo that keeps that."""
    return db.session.scalars(
        select(StoragePlace.id).where(_here(actor, StoragePlace), StoragePlace.condition == condition)
    ).one()


def _device(actor: Actor, kind: str) -> int:
    return db.session.scalars(select(Device.id).where(_here(actor, Device), Device.kind == kind)).one()


def _here(actor: Actor, model: type[Device | Location | StoragePlace]) -> ColumnElement[bool]:
    return model.practice_id == actor.practice_id
