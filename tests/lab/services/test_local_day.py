"""What is to be drawn today is judged by the date where it is drawn, whatever the date by UTC."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from msgspec.structs import replace
from sqlalchemy import select

from clinic.base import db
from clinic.models import Location
from clinic.services.changing import print_of
from clinic.services.clock import running_from
from lab.models import Specimen
from lab.services import waiting
from lab.services.change_order import change_order, details_of
from lab.services.local_day import today_there
from lab.services.order_queues import what_to_draw
from tests.fixtures.people import make_patient
from tests.lab.ordering import make_laboratory, order_tests

LATE_EVENING = datetime(2026, 5, 7, 3, 0, tzinfo=UTC)
"""Still 6 May in Chicago."""


@pytest.mark.parametrize("zone", ["America/Chicago", "UTC", "Pacific/Auckland", "Pacific/Kiritimati", "Nowhere/At_all"])
@pytest.mark.parametrize("at", [LATE_EVENING + timedelta(hours=hours) for hours in (0, 2, 8, 9, 20)])
def test_the_date_there(app, practice, zone, at) -> None:
    practice.location.time_zone = zone
    db.session.commit()
    with running_from(at):
        found = db.session.scalar(select(today_there(Location.time_zone)))
    assert found == at.astimezone(ZoneInfo(zone if zone != "Nowhere/At_all" else "UTC")).date()


def test_what_is_planned_for_tomorrow_there_is_not_to_be_drawn_yet(app, practice) -> None:
    assistant = practice.actor("assistant")
    with running_from(LATE_EVENING - timedelta(hours=10)):
        order = order_tests(practice, make_patient(practice), ("crp", make_laboratory(practice)), signed=True)
        was = details_of(order)
        change_order(assistant, order.id, replace(was, planned_on=date(2026, 5, 7)), print_of(was))

    def listed(at: datetime) -> tuple[int, list[bool]]:
        db.session.rollback()
        with running_from(at):
            waits = len(db.session.scalars(select(Specimen).where(waiting.to_draw(assistant))).all())
            return waits, [each.late for each in what_to_draw(assistant)]

    assert listed(LATE_EVENING) == (0, [])
    assert listed(LATE_EVENING + timedelta(hours=2)) == (1, [False])  # midnight passed there
    assert listed(LATE_EVENING + timedelta(hours=25)) == (1, [False])
    assert listed(LATE_EVENING + timedelta(hours=26)) == (1, [True])
