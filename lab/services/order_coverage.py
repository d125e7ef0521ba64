"""Asking whoever knows the payers' policies about the tests of an order, through the port."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

import msgspec
from sqlalchemy import Select, func, select

from clinic.models import Location
from lab.domain.catalogue import TestFacts
from lab.domain.coverage import AskedOrder, AskedTest, NotCovered
from lab.models import LabOrder, OrderLine, Specimen, SpecimenTest
from lab.ports import ports
from lab.services.billing_facts import billed, local_day

OPEN = frozenset({"draft", "held", "active"})
"""States of lines about which something can still be done."""


def day_of(order: LabOrder) -> date:
    """The day an order is to be done."""
    return order.planned_on or order.ordered_on


def codes_of(line: OrderLine) -> tuple[str, ...]:
    """The numbers a line would be billed by."""
    return codes_in(line.facts)


def not_covered(order: LabOrder, lines: Collection[OrderLine]) -> dict[int, tuple[NotCovered, ...]]:
    """By line, why the payer is not expected to pay for it. None is asked where no rule speaks of it."""
    asked = AskedOrder(
        practice_id=order.practice_id,
        order_id=order.id,
        patient_id=order.patient_id,
        visit_id=order.visit_id,
        on=day_of(order),
        tests=tuple(
            AskedTest(line_id=line.id, procedures=codes_of(line), diagnoses=tuple(line.diagnoses))
            for line in lines
            if line.state in OPEN
        ),
    )
    found: dict[int, tuple[NotCovered, ...]] = {}
    for each in ports().supported(asked) if asked.tests else ():
        found[each.line_id] = (*found.get(each.line_id, ()), each)
    return found


def other_orders(order_id: int, practice_id: int, patient_ids: Collection[int], first: date) -> Select[Any]:
    """Lines of a patient's other orders since a day, as columns that ``codes_in`` and ``day_done`` read.

    What the catalogue says of the test, the day it is to be done, when it was drawn, and the time zone there.
    """
    drawn = (
        select(func.min(Specimen.collected_at))
        .join(SpecimenTest, SpecimenTest.specimen_id == Specimen.id)
        .where(SpecimenTest.line_id == OrderLine.id, Specimen.collected_at.is_not(None))
        .correlate(OrderLine)
        .scalar_subquery()
    )
    day = func.coalesce(LabOrder.planned_on, LabOrder.ordered_on)
    return (
        select(OrderLine.facts, day, drawn, Location.time_zone)
        .join(LabOrder, LabOrder.id == OrderLine.order_id)
        .join(Location, Location.id == LabOrder.location_id)
        .where(
            LabOrder.practice_id == practice_id,
            LabOrder.patient_id.in_(patient_ids),
            LabOrder.id != order_id,
            LabOrder.state != "cancelled",
            OrderLine.state != "cancelled",
            day >= first,
        )
    )


def day_done(planned: date, drawn: datetime | None, zone: str) -> date:
    """The day it was drawn, else the day it is to be."""
    return planned if drawn is None else local_day(drawn, zone)


def codes_in(facts: dict[str, Any]) -> tuple[str, ...]:
    """The numbers a test is billed by, as the catalogue had it when it was ordered."""
    return tuple(dict.fromkeys(billed(msgspec.convert(facts, TestFacts, strict=True))["procedures"]))
