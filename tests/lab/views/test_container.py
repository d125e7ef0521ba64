"""The page of a container's whole life."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import event

from clinic.base import db
from lab.services.aliquot import aliquot
from lab.services.collect import collect
from lab.services.do_step import end_step, start_step
from lab.services.reject import reject
from lab.services.store import store
from lab.services.undo import undo
from tests.fixtures.house import NOW, log_in
from tests.fixtures.people import make_patient, make_visit
from tests.lab.things import plan_container

DRAWN = NOW - timedelta(hours=3)


@pytest.fixture
def tube(practice):
    assistant = practice.actor("assistant")
    visit = make_visit(practice, make_patient(practice), NOW.date())
    row = plan_container(practice, visit.patient, visit=visit)
    collect(assistant, row.id, DRAWN, volume_ul=5000, method="venipuncture")
    start_step(assistant, row.id, "spin", DRAWN + timedelta(minutes=125), g=1000)
    end_step(assistant, row.id, "spin", DRAWN + timedelta(minutes=130))
    aliquot(assistant, row.id, 1500, DRAWN + timedelta(minutes=140))
    store(assistant, row.id, "refrigerated", DRAWN + timedelta(minutes=150))
    undo(assistant, row.id, "wrong shelf")
    return row


def test_everything_stands_on_one_page(client, practice, tube) -> None:
    page = log_in(client, practice.actor("assistant"), practice).get(f"/lab/containers/{tube.number}")
    said = page.get_data(as_text=True)
    assert page.status_code == 200
    for told in (f"{tube.number}-1", "5 mL", "wrong shelf", "36415", "SER-", "3.5 mL"):
        assert told in said, told
    assert said.count("data-undone") == 1


def test_it_costs_few_statements(client, practice, tube) -> None:
    reject(practice.actor("assistant"), tube.id, "RH", "red")
    browser = log_in(client, practice.actor("assistant"), practice)
    address = f"/lab/containers/{tube.number}"
    browser.get(address)
    statements = []
    event.listen(db.engine, "before_cursor_execute", lambda *call: statements.append(call[2]))
    assert browser.get(address).status_code == 200
    assert len([sql for sql in statements if sql.startswith(("SELECT", "WITH"))]) <= 12


def test_that_of_another_practice_is_unknown(client, other_practice, tube) -> None:
    browser = log_in(client, other_practice.actor("assistant"), other_practice)
    assert browser.get(f"/lab/containers/{tube.number}").status_code == 404
    assert browser.get("/lab/containers/C999999").status_code == 404


def test_rejecting_on_its_page(client, practice, tube) -> None:
    browser = log_in(client, practice.actor("assistant"), practice)
    assert browser.get(f"/lab/rejections/{tube.number}").status_code == 200
    wrong = browser.post(f"/lab/rejections/{tube.number}", data={"code": "RH", "reason": ""})
    assert wrong.status_code == 422
    done = browser.post(
        f"/lab/rejections/{tube.number}",
        data={"code": "RH", "reason": "red", "again": "y", "whom": "patient", "way": "phone", "outcome": "reached"},
    )
    assert done.status_code == 303
    said = browser.get("/lab/to-redraw").get_data(as_text=True)
    assert tube.number in said
    kept = browser.post(
        f"/lab/rejections/{tube.number}/contact", data={"whom": "clinician", "way": "phone", "outcome": "left_word"}
    )
    assert kept.status_code == 303
