"""Tests that wait for their result: ordered, signed, drawn; with a lot, its controls and a qualification."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import select

from clinic.base import db
from lab.domain.kit_lot import LotFacts
from lab.models import OrderLine, Specimen, SpecimenTest
from lab.services.collect import collect
from lab.services.kit_lots import enter_lot
from lab.services.qualify import qualify
from lab.services.run_control import run_control
from tests.fixtures.house import NOW
from tests.fixtures.people import make_patient
from tests.lab.ordering import certify, order_tests

DRAWN = NOW - timedelta(minutes=30)
LOT = "HG2604A"


def drawn(practice, test="hgb_poc", laboratory=None, patient=None, at=DRAWN) -> OrderLine:
    """A line whose container was collected."""
    certify(practice, "full")
    order = order_tests(practice, patient or make_patient(practice), (test, laboratory), signed=True)
    line = order.lines[0]
    collect(practice.actor("assistant"), container(line).id, at, method="capillary")
    db.session.refresh(line)
    return line


def container(line) -> Specimen:
    """Its container."""
    found = select(Specimen).join(SpecimenTest, SpecimenTest.specimen_id == Specimen.id)
    return db.session.scalars(found.where(SpecimenTest.line_id == line.id)).first()


def make_lot(practice, test="hgb_poc", lot=LOT, **more) -> int:
    """A lot in use."""
    facts = {"kit": "Quick kit", "expires_on": date(2026, 12, 31), "control_every": "day", "active": True, **more}
    return enter_lot(practice.actor("manager"), LotFacts(test_key=test, lot=lot, **facts))


def control(practice, lot_id, *levels, passed=True, at=None) -> None:
    """Controls of a lot."""
    for level in levels or ("low", "high"):
        run_control(practice.actor("assistant"), lot_id, level, "as expected", passed=passed, at=at)


def able(practice, test="hgb_poc", role="assistant", since=date(2026, 1, 1), until=None) -> None:
    """A member of staff may run the test."""
    qualify(practice.actor("manager"), practice.staff[role].id, test, since, until)


def ready(practice, test="hgb_poc", *levels, **more) -> OrderLine:
    """A line whose result may be entered now."""
    able(practice, test)
    control(practice, make_lot(practice, test), *levels)
    return drawn(practice, test, **more)
