"""The container in hand as its card shows it: whose, what for, how it stands, and the next step with all it asks."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from clinic.base import db
from clinic.models import Staff
from clinic.services.acting import Actor
from clinic.services.clock import now, today
from clinic.services.find import one
from lab.domain.asking import Question
from lab.domain.catalogue import Holder
from lab.domain.charges import LabCharge
from lab.domain.container import Container
from lab.domain.doing import limits, most, started, to_do
from lab.domain.drawn import Picture, picture
from lab.domain.force import rpm_of
from lab.domain.saying import Saying
from lab.domain.stability import use_by, waiting
from lab.models import Device, Specimen, StoragePlace
from lab.services.ahead import Then, ahead, ends_at
from lab.services.answers import usual_method
from lab.services.billed_as import billed_as
from lab.services.catalogue import catalogue_on
from lab.services.deeds import device_for
from lab.services.hand import Hand
from lab.services.offers import Offer, next_deed, others
from lab.services.scan import DEVICES
from lab.services.specimens import container_of
from lab.steps.registry import flags_of, task_of
from lab.steps.step import Flag


class Served(NamedTuple):
    """A test of the container."""

    name: str
    """A message id, or the practice's own words."""
    use_by_at: datetime | None
    gone: bool
    """It went on in an aliquot, or was run."""


class NextStep(NamedTuple):
    """The next step."""

    step: str
    words: str
    limits: tuple[Saying, ...]
    running: bool
    here: bool
    """It is done at the bench, by key 1."""
    ready_at: datetime | None
    due_at: datetime | None
    ends_at: datetime | None
    started_at: datetime | None
    g: int | None = None
    rpm: int | None = None
    minutes: int | None = None
    device: Device | None = None
    in_device: int = 0
    """How many containers are in that device now."""
    gel: bool = False


class Card(NamedTuple):
    """All of it."""

    row: Specimen
    standing: Container
    holder: Holder | None
    picture: Picture
    tests: list[Served]
    collected_by: str | None
    place: str | None
    next: NextStep | None
    then: list[Then]
    others: tuple[Offer, ...]
    flags: tuple[Flag, ...]
    held: Hand
    question: Question | None
    usual_volume_ul: int | None
    usual_method: str
    charges: list[LabCharge]
    """What it is billed as, as far as that is known."""
    also: list[Specimen]
    """Other containers of the same patient and order that are not collected yet."""
    now: datetime


def hand_card(actor: Actor, held: Hand) -> Card | None:
    """The card; None where nothing is in hand."""
    if held.specimen_id is None:
        return None
    row = one(actor, Specimen, held.specimen_id, joinedload(Specimen.patient), selectinload(Specimen.tests))
    standing, at = container_of(row), now()
    catalogue = catalogue_on(actor.practice_id, today())
    holder = catalogue.holders.get(row.holder)
    volume = standing.remaining_ul
    waits = {need.test for need in waiting(standing)}
    return Card(
        row=row,
        standing=standing,
        holder=holder,
        picture=picture(
            holder.kind if holder else "vial",
            volume,
            holder.capacity_ul if holder else None,
            gel=bool(holder and holder.gel),
        ),
        tests=[
            Served(
                catalogue.tests[need.test].name if need.test in catalogue.tests else need.test,
                use_by(standing, need),
                need.test not in waits,
            )
            for need in standing.needs
        ],
        collected_by=_name_of(actor, standing.collected_by),
        place=_place_of(actor, row.place_id),
        next=_next(actor, row, held, holder, at),
        then=ahead(standing, at),
        others=others(standing),
        flags=flags_of(standing, at),
        held=held,
        question=held.question,
        usual_volume_ul=(holder.fill_ul or holder.capacity_ul) if holder and holder.kind == "tube" else None,
        usual_method=usual_method(row),
        charges=billed_as(row, standing),
        also=_also(actor, row),
        now=at,
    )


def _next(actor: Actor, row: Specimen, held: Hand, holder: Holder | None, at: datetime) -> NextStep | None:
    standing = container_of(row)
    task = task_of(standing)
    if task is None:
        return None
    device = None
    if task.step in DEVICES:
        device = _device_of(actor, standing, task.step) or device_for(
            actor, DEVICES[task.step], held.device_id, row.location_id
        )
    force = most(need.rcf_g for need in waiting(standing)) if task.step == "spin" else None
    return NextStep(
        step=task.step,
        words=to_do(task.step, running=task.running),
        limits=limits(standing, task.step, running=task.running),
        running=task.running,
        here=next_deed(standing) is not None,
        ready_at=task.ready_at,
        due_at=task.due_at,
        ends_at=None if task.running else ends_at(standing, task.step, at),
        started_at=started(standing),
        g=force,
        rpm=rpm_of(force, device.radius_mm) if force and device and device.radius_mm else None,
        minutes=most(need.spin_minutes for need in waiting(standing)) if task.step == "spin" else None,
        device=device,
        in_device=_in_device(actor, device, row.id, task.step) if device else 0,
        gel=bool(holder and holder.gel),
    )


def _device_of(actor: Actor, standing: Container, step: str) -> Device | None:
    run = standing.running(step)
    return one(actor, Device, run.device_id) if run and run.device_id else None


def _in_device(actor: Actor, device: Device, but: int, step: str) -> int:
    """How many others are in the device: it turns, or is warm and full."""
    rows = db.session.scalars(
        select(Specimen.standing).where(
            Specimen.practice_id == actor.practice_id,
            Specimen.state == "collected",
            Specimen.running,
            Specimen.step == step,
            Specimen.id != but,
        )
    )
    return sum(
        any(run["step"] == step and run.get("ended_at") is None and run.get("device_id") == device.id for run in runs)
        for runs in (standing.get("runs", ()) for standing in rows)
    )


def _name_of(actor: Actor, staff_id: int | None) -> str | None:
    if staff_id is None:
        return None
    row = db.session.scalar(select(Staff).where(Staff.practice_id == actor.practice_id, Staff.id == staff_id))
    return row.name if row else None


def _place_of(actor: Actor, place_id: int | None) -> str | None:
    if place_id is None:
        return None
    return db.session.scalar(
        select(StoragePlace.name).where(StoragePlace.practice_id == actor.practice_id, StoragePlace.id == place_id)
    )


def _also(actor: Actor, row: Specimen) -> list[Specimen]:
    """Tubes of the same draw, so that none is forgotten while the needle is in."""
    wanted = select(Specimen).where(
        Specimen.practice_id == actor.practice_id,
        Specimen.patient_id == row.patient_id,
        Specimen.state.in_(("planned", "labeled")),
        Specimen.id != row.id,
    )
    return list(db.session.scalars(wanted.order_by(Specimen.id).limit(8)))
