"""The pages of orders: entered by keyboard, held, signed, drawn; nothing of another practice."""

from __future__ import annotations

import re

import pytest

from clinic.base import db
from lab.models import LabOrder, Specimen
from lab.services.collect import collect
from tests.clinic.views.counting import statements
from tests.fixtures.house import NOW, log_in
from tests.fixtures.people import make_patient, make_visit
from tests.lab.ordering import certify, make_laboratory, order_tests

MOST = 12


@pytest.fixture
def laboratory(practice):
    return make_laboratory(practice)


@pytest.fixture
def patient(practice):
    return make_patient(practice)


@pytest.fixture
def enter_as(client, practice):
    def enter(role: str):
        client.post("/logout")
        return log_in(client, practice.actor(role), practice)

    return enter


def page(client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status, answer.get_data(as_text=True)
    return answer.get_data(as_text=True)


def options(html: str) -> list[str]:
    return re.findall(r'name="test" value="([^"]+)"', html)


def test_an_order_is_entered_from_a_visit(enter_as, practice, patient, laboratory) -> None:
    visit = make_visit(practice, patient)
    client = enter_as("assistant")
    address = f"/lab/orders/new/{patient.id}?visit={visit.id}"
    assert address.replace("&", "&amp;") in page(client, f"/visits/{visit.id}")
    assert 'name="planned_on"' in page(client, address)
    given = {
        "location_id": practice.location.id,
        "provider_id": practice.provider.id,
        "priority": "urgent",
        "test": f"cmp@{laboratory.id}",
    }
    answer = client.post(address, data=given)
    assert answer.status_code == 303
    order = db.session.query(LabOrder).one()
    assert answer.location.endswith(f"/lab/orders/{order.id}")
    assert (order.visit_id, order.priority, order.lines[0].held_for) == (visit.id, "urgent", ["diagnosis", "signature"])


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"test": ""}, "test"),
        ({"test": "cmp@in_house"}, "test"),
        ({"test": "nothing@in_house"}, "test"),
        ({"planned_on": "2026-05-05"}, "planned_on"),
        ({"priority": "soon"}, "priority"),
    ],
)
def test_what_is_wrong_is_told_at_its_field(enter_as, practice, patient, laboratory, changes, field) -> None:
    client = enter_as("assistant")
    given = {"location_id": practice.location.id, "provider_id": "", "priority": "routine", "test": "cmp@1"} | changes
    answer = client.post(f"/lab/orders/new/{patient.id}", data=given)
    html = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert f'id="{field}-wrong"' in html
    assert db.session.query(LabOrder).count() == 0


@pytest.mark.parametrize("typed", ["comprehensive met", "cmp", "24323-8", "80053"])
def test_a_test_is_found_by_name_key_or_number(enter_as, practice, laboratory, typed) -> None:
    client = enter_as("assistant")
    html = page(client, f"/lab/orders/tests?location_id={practice.location.id}&text={typed}")
    assert options(html)[0] == f"cmp@{laboratory.id}"


@pytest.mark.parametrize(
    ("kind", "typed", "offered"),
    [
        (None, "strep_a_rapid", []),
        ("waived", "strep_a_rapid", ["strep_a_rapid@in_house"]),
        ("waived", "wet_mount", []),
        ("ppm", "wet_mount", ["wet_mount@in_house"]),
    ],
)
def test_what_a_place_may_not_run_is_not_offered(enter_as, practice, laboratory, kind, typed, offered) -> None:
    certify(practice, kind)
    client = enter_as("assistant")
    assert options(page(client, f"/lab/orders/tests?location_id={practice.location.id}&text={typed}")) == offered


def test_the_page_is_worked_by_its_forms(enter_as, practice, patient, laboratory) -> None:
    order = order_tests(practice, patient, ("cmp", laboratory), diagnosis=None)
    client = enter_as("assistant")
    at = f"/lab/orders/{order.id}"
    assert client.post(f"{at}/tests", data={"test": f"aptt@{laboratory.id}"}).status_code == 303
    assert client.post(f"{at}/tests", data={"test": "x"}).status_code == 422
    assert client.post(f"{at}/diagnoses", data={"code": "I10"}).status_code == 303
    wrong = client.post(f"{at}/diagnoses", data={"text": "no such"})
    assert (wrong.status_code, 'id="diagnoses-wrong"' in wrong.get_data(as_text=True)) == (422, True)
    html = page(client, at)
    seen = re.search(r'name="seen" value="([^"]*)"', html)
    given = {"priority": "stat", "provider_id": practice.provider.id, "reason": "tired", "seen": seen[1]}
    kept = client.post(at, data=given | {"answer_heparin": "no", "answer_anticoagulant": "none"})
    assert kept.status_code == 303
    lines = {line.test_key: line for line in db.session.get_one(LabOrder, order.id).lines}
    assert lines["aptt"].answers == {"heparin": "no", "anticoagulant": "none"}
    assert {line.reason for line in lines.values()} == {"tired"}
    assert client.post(at, data=given).status_code == 409
    line = f"{at}/lines/{lines['aptt'].id}"
    assert client.post(line, data={"place": laboratory.id, "diagnosis": [], "reason": ""}).status_code == 303
    db.session.expire_all()
    assert db.session.get_one(LabOrder, order.id).lines[1].held_for == ["diagnosis", "signature"]
    assert client.post(f"{line}/off").status_code == 303
    assert client.post(f"{at}/diagnoses/I10/off").status_code == 303
    assert client.post(f"{at}/cancel", data={"reason": ""}).status_code == 422
    assert client.post(f"{at}/cancel", data={"reason": "moved away"}).status_code == 303
    assert page(client, at)


def test_signed_it_goes_on_to_its_tubes(enter_as, practice, patient, laboratory) -> None:
    order = order_tests(practice, patient, ("cmp", laboratory), ("cbc_diff", laboratory))
    at = f"/lab/orders/{order.id}"
    assert enter_as("assistant").post(f"{at}/sign").status_code == 403
    client = enter_as("provider")
    answer = client.post(f"{at}/sign")
    assert (answer.status_code, answer.location.endswith("/tubes")) == (303, True)
    html = page(client, f"{at}/tubes")
    numbers = [row.number for row in db.session.query(Specimen).order_by(Specimen.id)]
    assert [html.index(number) for number in numbers] == sorted(html.index(number) for number in numbers)
    assert re.findall(r'class="cap" data-cap="(\w+)"', html)[:2] == ["gold", "lavender"]


def test_a_held_line_is_released_from_the_list(enter_as, practice, patient, laboratory) -> None:
    order = order_tests(practice, patient, ("cmp", laboratory), signed=True, diagnosis=None)
    client = enter_as("assistant")
    assert "release" not in page(client, "/lab/orders/held").split("<tbody>")[1].split("</tbody>")[0]
    client.post(f"/lab/orders/{order.id}/diagnoses", data={"code": "I10"})
    assert f"/lab/orders/{order.id}/release" in page(client, "/lab/orders/held")
    answer = client.post(f"/lab/orders/{order.id}/release", data={"back": "held"})
    assert answer.location.endswith("/lab/orders/held")
    assert order.number in page(client, "/lab/draw")
    assert order.number not in page(client, "/lab/orders/held")


def test_what_is_drawn_leaves_the_list(enter_as, practice, patient, laboratory) -> None:
    order = order_tests(practice, patient, ("cmp", laboratory), signed=True)
    client = enter_as("assistant")
    assert order.number in page(client, "/lab/draw")
    collect(practice.actor("assistant"), db.session.query(Specimen).one().id, NOW)
    assert order.number not in page(client, "/lab/draw")


def test_a_winged_set_is_planned_by_one_key(enter_as, practice, patient, laboratory) -> None:
    order = order_tests(practice, patient, ("d_dimer", laboratory), signed=True)
    client = enter_as("assistant")
    at = f"/lab/orders/{order.id}/tubes"
    assert 'data-key="w"' in page(client, at)
    assert client.post(at, data={"winged": "yes"}).status_code == 303
    assert {row.holder for row in db.session.query(Specimen)} == {"citrate", "discard"}
    assert page(client, at).index('data-cap="clear"') < page(client, at).index('data-cap="light_blue"')


def test_another_practice_sees_nothing(client, practice, other_practice, patient, laboratory) -> None:
    order = order_tests(practice, patient, ("cmp", laboratory), signed=True)
    log_in(client, other_practice.actor("provider"), other_practice)
    at = f"/lab/orders/{order.id}"
    for address in (at, f"{at}/tubes", f"{at}/codes", f"{at}/tests", f"/lab/orders/new/{patient.id}"):
        page(client, address, 404)
    for act in ("", "/tests", "/diagnoses", "/diagnoses/I10/off", "/sign", "/release", "/cancel", "/tubes"):
        assert client.post(f"{at}{act}").status_code == 404, act
    for act in ("", "/off"):
        assert client.post(f"{at}/lines/{order.lines[0].id}{act}").status_code == 404


def test_pages_ask_at_most_twelve_statements(enter_as, practice, patient, laboratory) -> None:
    visit = make_visit(practice, patient)
    keys = ("cmp", "bmp", "cbc_diff", "hba1c", "lipid", "igra_tb")
    order = order_tests(practice, patient, *((key, laboratory) for key in keys), visit=visit, signed=True)
    second = order_tests(practice, patient, ("tsh", laboratory), visit=visit, signed=True)
    order_tests(practice, make_patient(practice, "Dunmore", "Iris"), ("tsh", laboratory), diagnosis=None)
    client = enter_as("provider")
    counted = {}
    for address in (
        f"/lab/orders/{order.id}",
        f"/lab/orders/{second.id}/tubes",
        "/lab/orders/held",
        "/lab/draw",
        f"/lab/orders/new/{patient.id}?visit={visit.id}",
    ):
        page(client, address)
        with statements() as sent:
            page(client, address)
        counted[address] = len(sent)
    assert max(counted.values()) <= MOST, counted
