"""Tests that the payer may not pay for: said at the order, told to the patient on paper, kept, and billed as chosen."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest

from billing.coding.changes import AddLine
from billing.services.change_claim import change_claim
from billing.services.claim_value import coding_of, load
from billing.services.open_claim import open_claim
from billing.services.pricing import price_list
from billing.services.take_lab import offer_for
from clinic.base import db
from clinic.domain.money import Money
from clinic.domain.period import Period
from clinic.domain.quantity import Quantity
from clinic.domain.refusal import Refused
from clinic.models import Charge, Coverage, Fact, JournalAct
from clinic.services.acting import acting
from lab.models import LabOrder, OrderLine, Specimen
from lab.services.collect import collect
from lab.services.notices import answer_notice, print_notices
from lab.services.order_coverage import not_covered
from lab.services.order_diagnoses import add_diagnosis
from lab.services.order_facts import notice_of, order_of, refold
from tests.fixtures.house import NOW
from tests.fixtures.people import make_patient, make_visit
from tests.lab.covering import load_coverage
from tests.lab.ordering import make_laboratory, order_tests

TODAY = NOW.date()


@pytest.fixture
def covered(app):
    load_coverage(app)


@pytest.fixture
def laboratory(practice):
    return make_laboratory(practice)


@pytest.fixture
def patient(practice):
    return make_patient(practice)


def said(order: LabOrder) -> list[tuple[str, str]]:
    """What is said of the lines: test and why."""
    found = not_covered(order, order.lines)
    return [(line.test_key, each.why) for line in order.lines for each in found.get(line.id, ())]


@pytest.mark.usefixtures("covered")
def test_what_the_payer_may_not_pay_is_said_of_each_test(practice, patient, laboratory) -> None:
    order = order_tests(practice, patient, *((key, laboratory) for key in ("hba1c", "lipid", "cbc_diff", "cmp")))
    assert said(order) == [("hba1c", "unsupported"), ("cbc_diff", "excluded")]
    [a1c], [count] = not_covered(order, order.lines).values()
    assert (a1c.code, a1c.policy, a1c.supporting, a1c.more) == ("83036", "A1C-1", (("E08", "E13*"),), None)
    assert count.supporting == ()
    add_diagnosis(practice.actor("assistant"), order.id, "E11.9")
    assert said(order) == [("cbc_diff", "excluded")]


@pytest.mark.usefixtures("covered")
def test_a_diagnosis_that_never_supports_is_named(practice, patient, laboratory) -> None:
    order = order_tests(practice, patient, ("lipid", laboratory), diagnosis="Z00.00")
    [[lipid]] = not_covered(order, order.lines).values()
    assert (lipid.why, lipid.diagnosis) == ("never", "Z0000")
    add_diagnosis(practice.actor("assistant"), order.id, "E78.5")
    assert said(order) == []


@pytest.mark.usefixtures("covered")
def test_rules_of_another_filing_and_patients_without_a_policy_are_left_alone(practice, patient, laboratory) -> None:
    order = order_tests(practice, patient, ("hba1c", laboratory))
    db.session.query(Coverage).filter_by(patient_id=patient.id).one().filing = "MB"
    db.session.commit()
    assert said(order) == []
    nobody = make_patient(practice, "Dunmore", covered=False)
    assert said(order_tests(practice, nobody, ("cbc_diff", laboratory))) == []


def test_without_rules_nothing_is_asked(practice, patient, laboratory) -> None:
    assert said(order_tests(practice, patient, ("hba1c", laboratory), ("cbc_diff", laboratory))) == []


@pytest.mark.usefixtures("covered")
def test_an_earlier_order_counts_and_a_cancelled_one_does_not(practice, patient, laboratory) -> None:
    before = order_tests(practice, patient, ("lipid", laboratory))
    order = order_tests(practice, patient, ("lipid", laboratory), planned_on=TODAY + timedelta(days=100))
    [[lipid]] = not_covered(order, order.lines).values()
    assert (lipid.why, lipid.times, lipid.per, lipid.last) == ("too_often", 1, 365, TODAY)
    assert lipid.next_on == TODAY + timedelta(days=365)
    before.lines[0].state = "cancelled"
    db.session.commit()
    assert said(order) == []


@pytest.mark.usefixtures("covered")
def test_an_earlier_claim_counts_once_beside_its_order(practice, patient, laboratory) -> None:
    visit = make_visit(practice, patient, date(2026, 2, 2))
    biller = practice.actor("biller")
    db.session.add(Charge(practice_id=practice.row.id, system="cpt", code="80061", words="Lipids", price_cents=4200))
    db.session.commit()
    claim_id = open_claim(biller, visit.id)
    add_line(practice, claim_id, "80061")
    order = order_tests(practice, patient, ("lipid", laboratory))
    [[lipid]] = not_covered(order, order.lines).values()
    assert (lipid.last, lipid.next_on) == (date(2026, 2, 2), date(2027, 2, 2))
    same = order_tests(practice, patient, ("lipid", laboratory), visit=visit)
    assert said(same) == [], "the claim of its own visit is not one before it; the other order is of the same day"


def add_line(practice, claim_id: int, code: str) -> None:
    """A line as the biller adds it from the charge list."""
    priced = price_list(practice.row.id, None)["cpt", code]
    line = AddLine(
        code=priced.code,
        words=priced.words,
        service=Period(date(2026, 2, 2)),
        quantity=Quantity(Decimal(1)),
        charge=priced.price,
    )
    change_claim(practice.actor("biller"), claim_id, line)


@pytest.mark.usefixtures("covered")
def test_a_notice_says_what_it_said_and_is_folded_from_its_facts(practice, patient, laboratory) -> None:
    order = order_tests(practice, patient, ("hba1c", laboratory), ("cmp", laboratory))
    who = practice.actor("assistant")
    a1c, cmp = order.lines
    assert print_notices(who, order.id) == [a1c.id]
    with pytest.raises(Refused):
        print_notices(who, order.id)
    printed = notice_of(db.session.get_one(OrderLine, a1c.id)).printed
    assert (printed.why, printed.codes, printed.policy, printed.price) == ("unsupported", ("83036",), "A1C-1", None)
    with pytest.raises(Refused):
        print_notices(who, order.id, cmp.id)
    assert print_notices(who, order.id, cmp.id, " the plan   has run out ") == [cmp.id]
    assert notice_of(cmp).printed.words == "the plan has run out"
    assert answer_notice(who, order.id, a1c.id, choice="ask_payer", signed_on=TODAY, declined="") == "ask_payer"
    with acting(who, "lab.order") as work:
        assert refold(work, order) == order_of(order)
        work.journal("lab_order", order.id)
    details = [row.detail for row in db.session.query(JournalAct).filter_by(thing="lab_order", thing_id=order.id)]
    assert details.count("order.notice_printed") == 2
    assert details.count("order.notice_answered") == 1


@pytest.mark.usefixtures("covered")
@pytest.mark.parametrize(
    ("choice", "day"),
    [
        ("", TODAY),
        ("yes", TODAY),
        ("ask_payer", None),
        ("ask_payer", TODAY + timedelta(1)),
        ("self_pay", TODAY - timedelta(1)),
    ],
)
def test_a_choice_that_is_none_is_refused_and_keeps_nothing(practice, patient, laboratory, choice, day) -> None:
    order = order_tests(practice, patient, ("hba1c", laboratory))
    print_notices(practice.actor("assistant"), order.id)
    with pytest.raises(Refused):
        answer_notice(
            practice.actor("assistant"), order.id, order.lines[0].id, choice=choice, signed_on=day, declined=""
        )
    assert notice_of(db.session.get_one(OrderLine, order.lines[0].id)).choice is None


def test_no_choice_without_a_sheet(practice, patient, laboratory) -> None:
    order = order_tests(practice, patient, ("hba1c", laboratory))
    with pytest.raises(Refused) as refused:
        answer_notice(
            practice.actor("assistant"), order.id, order.lines[0].id, choice="self_pay", signed_on=TODAY, declined=""
        )
    assert refused.value.code == "no_notice"


@pytest.mark.usefixtures("covered")
def test_what_is_not_wanted_is_taken_off_unless_it_was_drawn(practice, patient, laboratory) -> None:
    order = order_tests(practice, patient, ("hba1c", laboratory), ("cbc_diff", laboratory), signed=True)
    who = practice.actor("assistant")
    a1c, count = order.lines
    print_notices(who, order.id)
    answer_notice(who, order.id, a1c.id, choice="refused", signed_on=TODAY, declined="not wanted")
    db.session.expire_all()
    assert [line.state for line in order.lines] == ["cancelled", "active"]
    fact = db.session.query(Fact).filter_by(thing="lab_order", type="order.line_cancelled").one()
    assert fact.reason == "not wanted"
    for specimen in db.session.query(Specimen).filter(Specimen.state == "planned"):
        collect(who, specimen.id, NOW)
    with pytest.raises(Refused):
        answer_notice(who, order.id, count.id, choice="refused", signed_on=TODAY, declined="not wanted")
    assert notice_of(db.session.get_one(OrderLine, count.id)).choice is None


@pytest.mark.usefixtures("covered")
@pytest.mark.parametrize(
    ("key", "choice", "signed", "modifiers", "self_pay"),
    [
        ("hba1c", "ask_payer", TODAY, ("GA",), False),
        ("cbc_diff", "ask_payer", TODAY, ("GX", "GY"), False),
        ("hba1c", "self_pay", TODAY, (), True),
        ("hba1c", None, None, (), False),
        ("hba1c", "ask_payer", TODAY + timedelta(days=1), (), False),
    ],
)
def test_the_line_bears_what_the_patient_chose(
    practice, patient, laboratory, key, choice, signed, modifiers, self_pay
) -> None:
    laboratory.bills = "practice"
    code = {"hba1c": "83036", "cbc_diff": "85025"}[key]
    db.session.add(Charge(practice_id=practice.row.id, system="cpt", code=code, words="A test", price_cents=4200))
    visit = make_visit(practice, patient, TODAY)
    order = order_tests(practice, patient, (key, laboratory), visit=visit, signed=True)
    who = practice.actor("assistant")
    print_notices(who, order.id)
    line = order.lines[0]
    assert notice_of(line).printed.price == Money(4200)
    if signed == TODAY:
        answer_notice(who, order.id, line.id, choice=choice, signed_on=signed, declined="")
    elif signed is not None:
        # signed after the draw, which the screen lets nobody keep before that day
        line.notice = {**line.notice, "choice": choice, "signed_on": signed.isoformat()}
    collect(who, db.session.query(Specimen).one().id, NOW)
    line.state = "final"
    db.session.commit()
    claim_id = open_claim(practice.actor("biller"), visit.id)
    record = load(practice.actor("biller"), claim_id)
    billed = {each.code.value: each.modifiers for each in coding_of(record).lines}
    offer = offer_for(record)
    assert [each.code for each in offer.self_pay] == ([code] if self_pay else [])
    assert billed.get(code) == (None if self_pay else ("90", *modifiers)), "90: another laboratory ran it"
