"""Orders on real rows: held for what they lack, signed, released, changed, cancelled; their containers planned."""

from __future__ import annotations

from datetime import timedelta

import pytest
from msgspec.structs import replace
from sqlalchemy import select

from clinic.base import db
from clinic.domain.refusal import Refused
from clinic.services.acting import NotAllowed, Work
from clinic.services.changing import Overtaken, print_of
from clinic.services.find import Unknown
from lab.models import OrderLine, Specimen
from lab.services.add_test import add_test
from lab.services.cancel_order import cancel_line, cancel_order
from lab.services.change_line import change_line
from lab.services.change_order import change_order, details_of
from lab.services.collect import collect
from lab.services.order_diagnoses import add_diagnosis, take_off_diagnosis
from lab.services.order_facts import order_of, refold
from lab.services.order_lines import Choice
from lab.services.plan_again import plan_again
from lab.services.release_order import release_order
from lab.services.sign_order import sign_order
from lab.services.specimens import container_of
from tests.fixtures.house import NOW
from tests.fixtures.people import make_patient, make_visit
from tests.lab.ordering import certify, make_laboratory, order_tests


@pytest.fixture
def assistant(practice):
    return practice.actor("assistant")


@pytest.fixture
def provider(practice):
    return practice.actor("provider")


@pytest.fixture
def patient(practice):
    return make_patient(practice)


@pytest.fixture
def laboratory(practice):
    return make_laboratory(practice)


def held(order) -> dict[str, tuple[str, list[str]]]:
    return {line.test_key: (line.state, line.held_for) for line in order.lines}


def tubes(order) -> list[tuple[str, str, list[str]]]:
    rows = db.session.scalars(select(Specimen).where(Specimen.order_id == order.id).order_by(Specimen.id))
    return [
        (row.holder, row.state, [need.test for need in container_of(row).needs])
        for row in rows
        if row.state != "missed"
    ]


def answer(actor, order, **answers) -> None:
    seen = details_of(order)
    said = dict(seen.answers) | answers
    change_order(actor, order.id, replace(seen, answers=tuple(said.items())), print_of(seen))


def test_an_order_is_held_for_what_it_lacks_and_rows_are_their_facts(practice, assistant, patient, laboratory) -> None:
    order = order_tests(practice, patient, ("cmp", laboratory), ("aptt", laboratory), diagnosis=None)
    lacking = ["diagnosis", "signature"]
    assert held(order)["cmp"] == ("held", lacking)
    assert [code for code in held(order)["aptt"][1] if not code.startswith("answer:")] == lacking
    add_diagnosis(assistant, order.id, "I10")
    assert held(order)["cmp"] == ("held", ["signature"])
    assert [line.diagnoses for line in order.lines] == [["I10"], ["I10"]]
    assert refold(Work(assistant, "lab.order"), order) == order_of(order)


def test_signing_makes_what_is_complete_active_and_plans_its_tubes(practice, assistant, patient, laboratory) -> None:
    order = order_tests(practice, patient, ("cmp", laboratory), ("bmp", laboratory), ("aptt", laboratory), signed=True)
    assert (held(order)["cmp"], held(order)["bmp"]) == (("active", []), ("active", []))
    assert held(order)["aptt"] == ("held", ["answer:heparin", "answer:anticoagulant"])
    assert tubes(order) == [("sst", "planned", ["bmp", "cmp"])]
    with pytest.raises(Refused) as told:
        release_order(assistant, order.id)
    assert told.value.code == "incomplete"
    answer(assistant, order, answer_heparin="no", answer_anticoagulant="none")
    assert held(order)["aptt"] == ("held", [])
    assert release_order(assistant, order.id) == 1
    assert tubes(order) == [("sst", "planned", ["bmp", "cmp"]), ("citrate", "planned", ["aptt"])]
    assert refold(Work(assistant, "lab.order"), order) == order_of(order)


def test_a_set_shares_its_number(practice, patient, laboratory) -> None:
    order = order_tests(practice, patient, ("igra_tb", laboratory), signed=True)
    rows = [container_of(row) for row in db.session.scalars(select(Specimen).where(Specimen.order_id == order.id))]
    assert [(row.piece, row.cap) for row in rows] == [(1, "gray"), (2, "green"), (3, "yellow"), (4, "purple")]
    assert {row.set_number for row in rows} == {rows[0].number}
    assert [[need.line_id for need in row.needs] for row in rows] == [[order.lines[0].id]] * 4


def test_orders_of_one_visit_share_their_tubes(practice, patient, laboratory) -> None:
    visit = make_visit(practice, patient)
    first = order_tests(practice, patient, ("cmp", laboratory), visit=visit, signed=True)
    order_tests(practice, patient, ("bmp", laboratory), visit=visit, signed=True)
    rows = db.session.scalars(select(Specimen).where(Specimen.visit_id == visit.id, Specimen.state == "planned"))
    assert [[need.test for need in container_of(row).needs] for row in rows] == [["bmp", "cmp"]]
    assert tubes(first) == []


def test_a_drawn_tube_stays_and_what_comes_later_has_its_own(practice, assistant, patient, laboratory) -> None:
    visit = make_visit(practice, patient)
    first = order_tests(practice, patient, ("cmp", laboratory), visit=visit, signed=True)
    row = db.session.scalars(select(Specimen)).one()
    collect(assistant, row.id, NOW - timedelta(minutes=1))
    second = order_tests(practice, patient, ("bmp", laboratory), visit=visit, signed=True)
    assert tubes(first) == [("sst", "collected", ["cmp"])]
    assert tubes(second) == [("sst", "planned", ["bmp"])]


def test_a_winged_set_draws_a_discard_tube_first(practice, assistant, patient, laboratory) -> None:
    order = order_tests(practice, patient, ("pt_inr", laboratory), signed=True)
    answer(assistant, order, **{name: "none" for name, _ in details_of(order).answers})
    if order.lines[0].state == "held":
        release_order(assistant, order.id)
    work = Work(assistant, "lab.work")
    plan_again(work, order, winged=True)
    assert [holder for holder, _, _ in tubes(order)] == ["citrate", "discard"]
    plan_again(work, order)
    assert [holder for holder, _, _ in tubes(order)] == ["citrate", "discard"]
    plan_again(work, order, winged=False)
    assert [holder for holder, _, _ in tubes(order)] == ["citrate"]


@pytest.mark.parametrize(
    ("kind", "test", "taken"),
    [
        (None, "glucose_poc", False),
        ("waived", "glucose_poc", True),
        ("waived", "wet_mount", False),
        ("ppm", "wet_mount", True),
        ("ppm", "cbc_diff", False),
        ("full", "cbc_diff", True),
    ],
)
def test_a_place_runs_what_its_certificate_allows(practice, patient, kind, test, taken) -> None:
    certify(practice, kind)
    if taken:
        assert order_tests(practice, patient, (test, None)).lines[0].in_house
        return
    with pytest.raises(Refused) as told:
        order_tests(practice, patient, (test, None))
    assert told.value.where == "test"
    assert db.session.scalar(select(OrderLine.id)) is None


def test_a_certificate_that_lapsed_holds_the_line(practice, provider, patient) -> None:
    certify(practice, "waived")
    order = order_tests(practice, patient, ("glucose_poc", None))
    certify(practice, None)
    sign_order(provider, order.id)
    assert held(order)["glucose_poc"] == ("held", ["clia"])


def test_a_laboratory_no_longer_in_use_holds_the_line(practice, provider, assistant, patient, laboratory) -> None:
    order = order_tests(practice, patient, ("cmp", laboratory))
    laboratory.active = False
    other = make_laboratory(practice, "Harbor Pathology")
    sign_order(provider, order.id)
    assert held(order)["cmp"] == ("held", ["laboratory"])
    line = order.lines[0]
    change_line(assistant, order.id, line.id, laboratory_id=other.id, diagnoses=("I10",), reason="yearly check")
    assert (line.laboratory_id, line.reason, line.held_for) == (other.id, "yearly check", [])
    assert release_order(assistant, order.id) == 1


def test_not_fasting_holds_what_needs_it(practice, assistant, provider, patient, laboratory) -> None:
    order = order_tests(practice, patient, ("glucose_fasting", laboratory))
    answer(assistant, order, answer_fasting="no")
    sign_order(provider, order.id)
    assert held(order)["glucose_fasting"] == ("held", ["fasting"])
    answer(assistant, order, answer_fasting="yes")
    assert release_order(assistant, order.id) == 1


def test_only_the_provider_named_signs(practice, assistant, provider, patient, laboratory) -> None:
    order = order_tests(practice, patient, ("cmp", laboratory))
    with pytest.raises(NotAllowed):
        sign_order(assistant, order.id)
    practice.provider.staff_id = practice.staff["manager"].id
    db.session.commit()
    with pytest.raises(Refused) as told:
        sign_order(provider, order.id)
    assert told.value.code == "no_provider"


def test_a_signed_order_takes_no_further_test(practice, assistant, patient, laboratory) -> None:
    order = order_tests(practice, patient, ("cmp", laboratory), signed=True)
    with pytest.raises(Refused) as told:
        add_test(assistant, order.id, Choice(test="bmp", laboratory_id=laboratory.id))
    assert told.value.code == "signed"


def test_one_test_is_ordered_once(practice, assistant, patient, laboratory) -> None:
    order = order_tests(practice, patient, ("cmp", laboratory))
    with pytest.raises(Refused) as told:
        add_test(assistant, order.id, Choice(test="cmp", laboratory_id=laboratory.id))
    assert told.value.where == "test"


def test_companions_come_along_from_one_order(practice, patient, laboratory) -> None:
    order = order_tests(practice, patient, ("oral_dif", laboratory))
    assert [line.test_key for line in order.lines] == ["oral_dif", "oral_biopsy"]


def test_two_jars_of_one_test_have_sites_of_their_own(practice, assistant, provider, patient, laboratory) -> None:
    order = order_tests(practice, patient, ("tissue_biopsy", laboratory), ("tissue_biopsy", laboratory))
    sites = {f"answer_{line.id}_site": site for line, site in zip(order.lines, ("left arm", "back"), strict=True)}
    others = {name: "yes" for name, _ in details_of(order).answers if name not in sites}
    answer(assistant, order, **sites, **others)
    sign_order(provider, order.id)
    rows = db.session.scalars(select(Specimen).where(Specimen.order_id == order.id)).all()
    assert sorted(container_of(row).site for row in rows) == ["back", "left arm"]


def test_the_last_diagnosis_of_an_active_line_stays(practice, assistant, patient, laboratory) -> None:
    order = order_tests(practice, patient, ("cmp", laboratory), signed=True)
    with pytest.raises(Refused) as told:
        take_off_diagnosis(assistant, order.id, "I10")
    assert told.value.code == "last_diagnosis"
    add_diagnosis(assistant, order.id, "E11.9")
    take_off_diagnosis(assistant, order.id, "I10")
    assert order.lines[0].diagnoses == ["E119"]


@pytest.mark.parametrize("code", ["", "I1", "ZZZ"])
def test_a_diagnosis_is_a_billable_code(practice, assistant, patient, laboratory, code) -> None:
    order = order_tests(practice, patient, ("cmp", laboratory), diagnosis=None)
    with pytest.raises(Refused) as told:
        add_diagnosis(assistant, order.id, code)
    assert told.value.where == "code"


def test_cancelling_gives_up_what_was_planned(practice, assistant, patient, laboratory) -> None:
    order = order_tests(practice, patient, ("cmp", laboratory), signed=True)
    with pytest.raises(Refused) as told:
        cancel_order(assistant, order.id, " ")
    assert told.value.code == "reason"
    cancel_order(assistant, order.id, "patient declines")
    assert (order.state, order.lines[0].state, tubes(order)) == ("cancelled", "cancelled", [])
    with pytest.raises(Refused):
        add_diagnosis(assistant, order.id, "I10")


def test_taking_one_test_off_plans_anew(practice, assistant, patient, laboratory) -> None:
    order = order_tests(practice, patient, ("cmp", laboratory), ("bmp", laboratory), signed=True)
    cancel_line(assistant, order.id, order.lines[1].id, "double")
    assert tubes(order) == [("sst", "planned", ["cmp"])]
    row = db.session.scalars(select(Specimen).where(Specimen.state == "planned")).one()
    collect(assistant, row.id, NOW)
    with pytest.raises(Refused) as told:
        cancel_line(assistant, order.id, order.lines[0].id, "too late")
    assert told.value.code == "drawn"


def test_the_second_of_two_who_change_it_is_told(practice, assistant, patient, laboratory) -> None:
    order = order_tests(practice, patient, ("cmp", laboratory))
    seen = details_of(order)
    change_order(assistant, order.id, replace(seen, priority="stat"), print_of(seen))
    with pytest.raises(Overtaken):
        change_order(assistant, order.id, replace(seen, priority="urgent"), print_of(seen))
    assert order.priority == "stat"


def test_a_past_day_is_not_planned(practice, assistant, patient, laboratory) -> None:
    order = order_tests(practice, patient, ("cmp", laboratory))
    seen = details_of(order)
    with pytest.raises(Refused) as told:
        change_order(assistant, order.id, replace(seen, planned_on=NOW.date() - timedelta(days=1)), print_of(seen))
    assert told.value.where == "planned_on"


def test_an_order_of_another_practice_is_unknown(practice, other_practice, patient, laboratory) -> None:
    order = order_tests(practice, patient, ("cmp", laboratory))
    for act in (
        lambda who: add_diagnosis(who, order.id, "I10"),
        lambda who: cancel_order(who, order.id, "no"),
        lambda who: release_order(who, order.id),
    ):
        with pytest.raises(Unknown):
            act(other_practice.actor("assistant"))
