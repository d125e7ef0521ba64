"""Laboratories, orders and packages for tests."""

from __future__ import annotations

from datetime import timedelta

import msgspec
import pytest

from clinic.base import db
from clinic.domain.refusal import Refused
from clinic.services.acting import Work, acting
from lab.domain.events import Labeled, Planned
from lab.domain.need import Need
from lab.models import Laboratory, LabOrder, OrderLine, Package, Specimen
from lab.services.check_line import check_line
from lab.services.collect import collect
from lab.services.hand_over import hand_over
from lab.services.open_package import open_package
from lab.services.pack import pack
from lab.services.package_facts import consignment_of
from lab.services.seal_package import seal_package
from lab.services.shipped import shipped
from lab.services.specimens import begin_specimen, container_of, number_for, refold, tell
from lab.services.training import record_training
from tests.fixtures.house import NOW
from tests.fixtures.people import make_patient

DRAWN = NOW - timedelta(hours=2)
WHOLE = Need(test="cbc_diff", volume_ul=1000, storage=("room", "refrigerated"), room_minutes=1440, frozen_minutes=0)
"""A blood count: nothing to be done to it but to send it."""


def make_laboratory(practice, name="Harbor Reference", **fields) -> Laboratory:
    """A laboratory outside; its courier comes at half past four."""
    row = Laboratory(
        practice_id=practice.row.id, name=name, phone="2185550177", account="4410", courier="Loons", **fields
    )
    row.cutoff = fields.get("cutoff", "16:30")
    db.session.add(row)
    db.session.commit()
    return row


def order_line(practice, laboratory, patient=None, test="cbc_diff", **fields) -> OrderLine:
    """An active line of a signed order."""
    patient = patient or make_patient(practice)
    number = f"R{db.session.query(LabOrder).count() + 1:06d}"
    order = LabOrder(
        practice_id=practice.row.id,
        number=number,
        patient_id=patient.id,
        provider_id=practice.provider.id,
        location_id=practice.location.id,
        ordered_on=NOW.date(),
        priority="routine",
        state="signed",
        pediatric=False,
        sequence=1,
        created_at=NOW,
        changed_at=NOW,
    )
    db.session.add(order)
    db.session.flush()
    line = OrderLine(
        practice_id=practice.row.id,
        order_id=order.id,
        position=1,
        test_key=test,
        in_house=False,
        laboratory_id=laboratory.id if laboratory else None,
        state="active",
        diagnoses=["E119"],
        reason="follow-up",
        changed_at=NOW,
        held_for=[],
        answers={},
        facts=msgspec.to_builtins(shipped().tests[test]),
        **fields,
    )
    db.session.add(line)
    db.session.commit()
    return line


def tube(
    practice, line=None, need=WHOLE, *, labeled=True, collected=True, at=DRAWN, holder="edta", **fields
) -> Specimen:
    """A container for a line, labeled and drawn unless told otherwise."""
    patient_id = line.order.patient_id if line else make_patient(practice).id
    assistant = practice.actor("assistant")
    with acting(assistant, "lab.work") as work:
        body = Planned(
            number=number_for(work),
            holder=holder,
            cap="lavender",
            patient_id=patient_id,
            order_id=line.order_id if line else None,
            needs=(msgspec.structs.replace(need, line_id=line.id if line else None),),
            **fields,
        )
        row = begin_specimen(work, "specimen.planned", body, practice.location.id)
        if labeled:
            tell(work, row, "specimen.labeled", Labeled(at=at))
    if collected:
        collect(assistant, row.id, at, volume_ul=4000)
    return row


def train(practice, *roles) -> None:
    """Let these people pack: they were trained last year."""
    for role in roles or ("assistant",):
        record_training(practice.actor("manager"), practice.staff[role].id, NOW - timedelta(days=365), None)


def box(practice, laboratory, condition="room", **fields) -> Package:
    """An open package, and an assistant who was trained to pack."""
    train(practice)
    found = open_package(practice.actor("assistant"), laboratory.id, practice.location.id, condition, **fields)
    return db.session.get_one(Package, found)


def check_all(practice, package) -> None:
    """Tick all that is asked."""
    from lab.domain.checklist import open_lines

    for line in open_lines(consignment_of(package)):
        grams = 1500 if line.key == "dry_ice" else None
        check_line(practice.actor("assistant"), package.id, line.key, dry_ice_g=grams)


def code_of(act, *args, **named) -> str | None:
    """The code an act is refused with."""
    with pytest.raises(Refused) as told:
        act(*args, **named)
    return told.value.code


def sent(practice, package, *rows):
    """Containers packed, sealed and handed over."""
    assistant = practice.actor("assistant")
    for row in rows:
        pack(assistant, package.id, row.id)
    check_all(practice, package)
    seal_package(assistant, package.id, "S 1001")
    hand_over(assistant, package.id, "Ines of Loons", "S 1001", temperature_tenths=215)


def refold_row(assistant, row) -> bool:
    """Whether a row is what its facts make it."""
    return refold(Work(assistant, "lab.work"), row) == container_of(row)
