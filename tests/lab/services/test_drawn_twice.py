"""A test that is ordered twice at one visit: drawn for each order, run for each, billed for each."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from msgspec.structs import replace
from sqlalchemy import select

from billing.coding.coding import Coding
from billing.coding.lab_charges import lab_charges
from billing.services.lab_lines import lab_offer
from clinic.base import db
from clinic.services.changing import print_of
from lab.models import Specimen
from lab.services.billing_facts import facts_of_visits
from lab.services.change_order import change_order, details_of
from lab.services.collect import collect
from lab.services.enter_result import enter_result
from lab.services.order_questions import field_of
from lab.services.reject import reject
from lab.services.sign_order import sign_order
from tests.fixtures.house import NOW
from tests.fixtures.people import make_patient, make_visit
from tests.lab.ordering import certify, make_laboratory, order_tests
from tests.lab.resulting import able, control, make_lot

NOTHING = Coding(lines_given=0, frequency="1", assignment="A")


@pytest.fixture
def visit(app, practice):
    certify(practice, "full")
    return make_visit(practice, make_patient(practice))


def tubes(visit) -> list[Specimen]:
    wanted = select(Specimen).where(Specimen.visit_id == visit.id, Specimen.state != "missed").order_by(Specimen.id)
    return list(db.session.scalars(wanted))


def lines_of(row) -> list[int]:
    return [test.line_id for test in row.tests]


def ordered(practice, visit, *choices):
    return order_tests(practice, visit.patient, *choices, visit=visit, signed=True).lines[0]


def test_each_order_has_its_own_tube(practice, visit) -> None:
    laboratory = make_laboratory(practice)
    first, second = (ordered(practice, visit, ("cbc_diff", laboratory), ("crp", laboratory)) for _ in range(2))
    rows = tubes(visit)
    assert len(rows) == 4
    served = sorted(line for row in rows for line in lines_of(row))
    assert served == sorted(line.id for each in (first, second) for line in each.order.lines)


def test_what_is_ordered_beside_it_shares_the_first_ones_tube(practice, visit) -> None:
    laboratory = make_laboratory(practice)
    ordered(practice, visit, ("crp", laboratory))
    ordered(practice, visit, ("crp", laboratory), ("ferritin", laboratory))
    assert sorted([test.test_key for test in row.tests] for row in tubes(visit)) == [["crp"], ["crp", "ferritin"]]


def test_both_are_run_and_billed_the_second_as_a_repeat(practice, visit) -> None:
    assistant = practice.actor("assistant")
    able(practice, "glucose_poc")
    control(practice, make_lot(practice, "glucose_poc", "GS1"), at=NOW - timedelta(hours=1))
    both = [ordered(practice, visit, ("glucose_poc", None)) for _ in range(2)]
    for number, line in enumerate(both):
        (row,) = [each for each in tubes(visit) if line.id in lines_of(each)]
        collect(assistant, row.id, NOW - timedelta(minutes=20 - number), method="capillary")
        enter_result(
            assistant, line.id, {"glucose": f"{90 + number}"}, lot="GS1", performed_at=NOW - timedelta(minutes=18)
        )
    assert billed(visit) == [("36416", ()), ("82962", ()), ("82962", ("91",))]
    reject(assistant, tubes(visit)[0].id, "RM", "no label on the strip")
    assert billed(visit) == [("36416", ()), ("82962", ())]


def billed(visit) -> list[tuple[str, tuple[str, ...]]]:
    return [(charge.code, charge.modifiers) for charge in lab_charges(facts_of_visits(visit.practice_id, (visit.id,)))]


def test_two_sites_are_distinct(practice, visit) -> None:
    certify(practice, "ppm")
    provider = practice.actor("provider")
    able(practice, "koh_skin", "provider")
    sites = ("left foot", "Left  Foot", "right foot")
    for site in sites:
        order = order_tests(practice, visit.patient, ("koh_skin", None), visit=visit)
        was = details_of(order)
        change_order(
            provider, order.id, replace(was, answers=((field_of(order.lines[0], "site"), site),)), print_of(was)
        )
        sign_order(provider, order.id)
        (line,) = order.lines
        (row,) = [each for each in tubes(visit) if line.id in lines_of(each)]
        collect(provider, row.id, NOW - timedelta(minutes=20))
        enter_result(provider, line.id, {"fungus": "present"}, performed_at=NOW - timedelta(minutes=5))
    assert billed(visit) == [("87220", ()), ("87220", ("91",)), ("87220", ("59",))]
    offer = lab_offer(visit.practice_id, NOTHING, (visit.id,), dict)
    assert [charge.modifiers for charge in offer.unpriced] == [(), ("91",), ("59",)]
    assert {charge.on for charge in offer.unpriced} == {date(2026, 5, 6)}
