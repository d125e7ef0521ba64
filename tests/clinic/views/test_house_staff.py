"""Who works here, as the house's screens tell and change it."""

from __future__ import annotations

import re

import pytest

from clinic.base import db
from clinic.models import Staff
from tests.clinic.views.house import MEMBER, seen, wrong
from tests.fixtures.house import log_in
from tests.fixtures.people import PASSWORD


@pytest.fixture
def enter_as(client, practice):
    def enter(role: str):
        client.post("/logout")
        return log_in(client, practice.actor(role), practice)

    return enter


def test_someone_is_taken_on_and_logs_in_with_what_was_shown_once(enter_as, app, practice) -> None:
    client = enter_as("administrator")
    answer = client.post("/house/staff/new", data=MEMBER)
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"
    found = re.search(r'id="pass-phrase">([\w-]+)<', answer.get_data(as_text=True))
    assert found
    member = db.session.query(Staff).filter_by(username="nora").one()
    assert found[1] not in client.get(f"/house/staff/{member.id}").get_data(as_text=True)
    other = app.test_client()
    assert other.post("/login", data={"username": "Nora", "password": found[1]}).status_code == 302
    assert other.get("/house/payers/new").status_code == 200
    again = client.post("/house/staff/new", data=MEMBER)
    assert again.status_code == 422
    assert wrong(again.get_data(as_text=True)) == {"username"}


def test_roles_hold_from_the_next_request_and_leaving_ends_sessions(enter_as, app, practice) -> None:
    biller = app.test_client()
    log_in(biller, practice.actor("biller"), practice)
    assert biller.get("/house/charges/new").status_code == 200
    client = enter_as("administrator")
    here = f"/house/staff/{practice.staff['biller'].id}"
    given = {"first": "Ines", "last": "Biller", "roles": ["assistant"], "profession": "", "active": "y"}
    assert client.post(here, data={**given, "seen": seen(client.get(here).get_data(as_text=True))}).status_code == 303
    assert biller.get("/house/charges/new").status_code == 403
    given.pop("active")
    assert client.post(here, data={**given, "seen": seen(client.get(here).get_data(as_text=True))}).status_code == 303
    assert biller.get("/house/charges").status_code == 302
    answer = biller.post("/login", data={"username": "northlake-biller", "password": PASSWORD})
    assert biller.get("/house/charges").status_code == 302, answer.status_code


def test_a_new_pass_phrase_ends_the_old_one(enter_as, app, practice) -> None:
    biller = app.test_client()
    log_in(biller, practice.actor("biller"), practice)
    client = enter_as("administrator")
    answer = client.post(f"/house/staff/{practice.staff['biller'].id}/pass-phrase")
    found = re.search(r'id="pass-phrase">([\w-]+)<', answer.get_data(as_text=True))
    assert found
    assert biller.get("/house/charges").status_code == 302
    assert biller.post("/login", data={"username": "northlake-biller", "password": PASSWORD}).status_code == 200
    assert biller.post("/login", data={"username": "northlake-biller", "password": found[1]}).status_code == 302
    assert client.post(f"/house/staff/{practice.staff['administrator'].id}/pass-phrase").status_code == 422
