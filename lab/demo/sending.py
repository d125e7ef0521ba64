"""Sending the demo's specimens: packed by how they are kept, handed over, and what the laboratory says of each."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import select

from clinic.base import db
from clinic.services.acting import Actor
from clinic.services.clock import running_from
from lab.demo.carrying import MINUTE
from lab.demo.plan import Plan
from lab.domain.checklist import lines_for
from lab.models import Laboratory, Package, Specimen
from lab.services.check_line import check_line
from lab.services.contacts import Attempt
from lab.services.hand_over import hand_over
from lab.services.open_package import open_package
from lab.services.pack import pack
from lab.services.package_facts import consignment_of
from lab.services.receive_package import deliver_package, receive_package
from lab.services.reject import reject
from lab.services.seal_package import seal_package

ON_THE_ROAD = timedelta(hours=16)
COURIER = "K. Amundsen"
TOLD = Attempt(whom="patient", way="phone", outcome="reached", words="comes back this week")


def send(actor: Actor, tubes: Sequence[Specimen], at: datetime, arrived: Sequence[Plan] = ()) -> int:
    """Pack, check, seal, hand over and have received what can go, a package a condition; gives how many packages.

    ``arrived`` says of tests whose container did not come as it should: how, and why it is rejected.
    """
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
            hand_over(actor, package_id, COURIER, seal, at + 20 * MINUTE, temperature_tenths=40 + number)
        _arrive(actor, package_id, inside, at + ON_THE_ROAD, arrived)
    return len(by_condition)


def _check(actor: Actor, package_id: int, at: datetime) -> None:
    row = db.session.get_one(Package, package_id)
    for line in lines_for(consignment_of(row)):
        check_line(actor, package_id, line.key, at, dry_ice_g=2000)


def _arrive(actor: Actor, package_id: int, inside: Sequence[Specimen], at: datetime, arrived: Sequence[Plan]) -> None:
    """A receipt for each; what cannot be used is rejected, and a new one planned."""
    amiss = {tube.id: said for tube in inside for said in arrived if said["test"] in _tests(tube)}
    with running_from(at):
        deliver_package(actor, package_id, at)
        receipts = {tube.id: amiss[tube.id]["state"] if tube.id in amiss else "good" for tube in inside}
        receive_package(actor, package_id, receipts, at)
    with running_from(at + 10 * MINUTE):
        for tube_id, said in amiss.items():
            code, sub, reason = said["reject"]
            reject(actor, tube_id, code, reason, sub=sub, attempt=TOLD)


def _tests(tube: Specimen) -> set[str]:
    return {test.test_key for test in tube.tests}
