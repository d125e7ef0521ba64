"""Carrying the demo's containers through their steps, each act at its time: what the bench says is next, is done."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import select

from clinic.base import db
from clinic.services.acting import Actor
from clinic.services.clock import running_from
from lab.documents.label_pdf import labels_pdf
from lab.domain.checklist import lines_for
from lab.domain.stability import waiting
from lab.models import Device, Laboratory, Package, Specimen, StoragePlace
from lab.services.aliquot import aliquot
from lab.services.check_line import check_line
from lab.services.collect import collect
from lab.services.do_step import do_step, end_step, start_step
from lab.services.hand_over import hand_over
from lab.services.open_package import open_package
from lab.services.pack import pack
from lab.services.package_facts import consignment_of
from lab.services.print_labels import Loaded, laid_in, print_labels
from lab.services.receive_package import deliver_package, receive_package
from lab.services.run_label_job import hand_over as take_labels
from lab.services.seal_package import seal_package
from lab.services.specimens import container_of
from lab.services.store import store
from lab.steps.registry import task_of

MINUTE = timedelta(minutes=1)
MOST_STEPS = 12


def label(actor: Actor, tubes: Sequence[Specimen], at: datetime) -> None:
    """Print the labels of some containers as one job."""
    with running_from(at):
        job = print_labels(actor, [tube.id for tube in tubes], Loaded())
        take_labels(actor, job, lambda rows: labels_pdf([laid_in(row) for row in rows]))


def draw(actor: Actor, tubes: Sequence[Specimen], at: datetime, volume_ul: int | None = 5000) -> None:
    """Fill the containers one after another; what has to be cold stands in ice from the draw on."""
    for tube in tubes:
        with running_from(at):
            if any(need.on_ice for need in container_of(tube).needs):
                store(actor, tube.id, place_id=_place(actor, "on_ice"), at=at)
            blood = any(need.method == "VENIP" for need in container_of(tube).needs)
            collect(
                actor,
                tube.id,
                at,
                volume_ul=volume_ul if blood else None,
                method="venipuncture" if blood else "swab",
                site="left arm" if blood else None,
            )


def prepare(actor: Actor, tube: Specimen, at: datetime) -> datetime:
    """Do what is next, and next again, until it can be packed; gives when that was."""
    for _ in range(MOST_STEPS):
        task = task_of(container_of(tube))
        if task is None or task.step in {"pack", "hand_over", "test", "read"}:
            return at
        at = max(at + MINUTE, task.ready_at or at)
        with running_from(at):
            _do(actor, tube, task.step, at, running=task.running)
    return at


def _do(actor: Actor, tube: Specimen, step: str, at: datetime, *, running: bool) -> None:
    if running:
        end_step(actor, tube.id, step, at)
    elif step in {"spin", "incubate"}:
        device = _device(actor, "centrifuge" if step == "spin" else "incubator")
        start_step(actor, tube.id, step, at, device_id=device, g=1500 if step == "spin" else None)
    elif step == "aliquot":
        child = db.session.get_one(Specimen, aliquot(actor, tube.id, 1500, at))
        label(actor, [child], at)
        prepare(actor, child, at)
    elif step in {"store", "chill"}:
        wanted = next((need.storage[0] for need in waiting(container_of(tube)) if need.storage), "refrigerated")
        store(actor, tube.id, at=at, place_id=_place(actor, "on_ice" if step == "chill" else wanted))
    else:
        do_step(actor, tube.id, step, at)


def send(actor: Actor, tubes: Sequence[Specimen], at: datetime) -> int:
    """Pack, check, seal, hand over and have received what can go, a package a condition; gives how many packages."""
    laboratory = db.session.scalars(
        select(Laboratory).where(Laboratory.practice_id == actor.practice_id, ~Laboratory.dental)
    ).one()
    by_condition: dict[str, list[Specimen]] = {}
    for tube in tubes:
        kept = "refrigerated" if tube.condition == "on_ice" else tube.condition or "room"
        by_condition.setdefault(kept, []).append(tube)
    for number, (condition, inside) in enumerate(sorted(by_condition.items()), 1):
        with running_from(at):
            package_id = open_package(actor, laboratory.id, inside[0].location_id, condition, at)
            for tube in inside:
                pack(actor, package_id, tube.id, at)
            _check(actor, package_id, at)
            seal = f"S{package_id:05d}"
            seal_package(actor, package_id, seal, at)
        with running_from(at + 20 * MINUTE):
            hand_over(actor, package_id, "K. Amundsen", seal, at + 20 * MINUTE, temperature_tenths=40 + number)
        with running_from(at + timedelta(hours=16)):
            deliver_package(actor, package_id, at + timedelta(hours=16))
            receive_package(actor, package_id, {tube.id: "good" for tube in inside}, at + timedelta(hours=16))
    return len(by_condition)


def _check(actor: Actor, package_id: int, at: datetime) -> None:
    row = db.session.get_one(Package, package_id)
    for line in lines_for(consignment_of(row)):
        check_line(actor, package_id, line.key, at, dry_ice_g=2000)


def _place(actor: Actor, condition: str) -> int:
    wanted = select(StoragePlace.id).where(
        StoragePlace.practice_id == actor.practice_id, StoragePlace.condition == condition
    )
    return db.session.scalars(wanted).one()


def _device(actor: Actor, kind: str) -> int:
    wanted = select(Device.id).where(Device.practice_id == actor.practice_id, Device.kind == kind)
    return db.session.scalars(wanted).one()
