"""The screens of a practice's own edits: from the form to a finding at the desk, and back to the edit."""

from __future__ import annotations

import io
import json
import re

import pytest

from billing.edits.own.rule import MOST_CONDITIONS
from billing.models import OwnEdit
from clinic.base import db
from tests.billing.services.steps import coded_claim
from tests.clinic.views.counting import statements
from tests.fixtures.house import log_in

EMPTY = {
    f"when_{at}_{name}": value
    for at in range(MOST_CONDITIONS)
    for name, value in (("field", ""), ("how", "is"), ("values", ""))
}
"""A browser sends the conditions that nobody filled too."""

FIELDS = EMPTY | {
    "title": "No authorization",
    "message": "This payer wants 100 % authorizations.",
    "fix": "Ask for it.",
    "severity": "warn",
    "scope": "claim",
    "must_field": "authorization",
    "must_how": "given",
    "when_0_field": "acts",
    "when_0_how": "begins",
    "when_0_values": "9",
    "must_values": "",
}


@pytest.fixture
def manager(client, practice):
    return log_in(client, practice.actor("manager"), practice)


def row() -> OwnEdit:
    db.session.expire_all()
    return db.session.query(OwnEdit).one()


def press(client, edit_id: int, what: str) -> None:
    page = client.get(f"/house/edits/own/{edit_id}").get_data(as_text=True)
    seen = re.search(r'name="seen" value="([0-9a-f]+)"', page)[1]
    assert client.post(f"/house/edits/own/{edit_id}/{what}", data={"seen": seen, "on": "yes"}).status_code == 303


def test_from_the_form_to_the_desk_and_back(app, manager, practice) -> None:
    claim = coded_claim(practice)
    assert "OWN-01" not in manager.get("/house/edits/own").get_data(as_text=True)
    made = manager.post("/house/edits/own/new", data=FIELDS)
    assert made.status_code == 303
    press(manager, row().id, "switch")
    assert not row().active
    press(manager, row().id, "try")
    press(manager, row().id, "switch")
    assert row().active
    assert "OWN-01" in manager.get("/house/edits/own").get_data(as_text=True)
    biller = log_in(app.test_client(), practice.actor("biller"), practice)
    assert biller.get(f"/claims/{claim}/code").status_code == 200
    with statements() as sent:
        desk = biller.get(f"/claims/{claim}/code").get_data(as_text=True)
    assert "This payer wants 100 % authorizations." in desk
    assert len(sent) <= 12
    assert "Ask for it." in biller.get(f"/claims/{claim}").get_data(as_text=True)
    assert manager.get("/house/edits/OWN-01").location.endswith(f"/house/edits/own/{row().id}")


def test_a_wrong_part_is_told_at_its_field(manager) -> None:
    for fields, named in (
        ({"when_2_field": "age", "when_2_how": "at_least", "when_2_values": "old"}, "when_2_values"),
        ({"when_2_field": "age", "when_2_how": "begins", "when_2_values": "1"}, "when_2_values"),
        ({"must_field": "code"}, "must_values"),
        ({"title": ""}, "title"),
        ({"must_field": "nonsense"}, "must_field"),
    ):
        answer = manager.post("/house/edits/own/new", data=FIELDS | fields)
        assert answer.status_code == 422
        assert f'href="#{named}"' in answer.get_data(as_text=True), named
    assert db.session.query(OwnEdit).count() == 0


def test_changing_shows_what_is_kept_and_makes_a_version(manager) -> None:
    manager.post("/house/edits/own/new", data=FIELDS)
    page = manager.get(f"/house/edits/own/{row().id}/change").get_data(as_text=True)
    assert 'value="9"' in page
    seen = re.search(r'name="seen" value="([0-9a-f]+)"', page)[1]
    changed = FIELDS | {"when_0_values": "99", "seen": seen}
    assert manager.post(f"/house/edits/own/{row().id}/change", data=changed).status_code == 303
    assert (row().version, row().rule["when"][0]["values"]) == (2, ["99"])
    assert manager.post(f"/house/edits/own/{row().id}/change", data=changed | {"title": "X"}).status_code == 409


def test_saved_in_one_practice_and_taken_in_another(app, manager, other_practice) -> None:
    manager.post("/house/edits/own/new", data=FIELDS)
    saved = manager.get("/house/edits/own/edits.json")
    assert [each["title"] for each in json.loads(saved.data)] == ["No authorization"]
    theirs = log_in(app.test_client(), other_practice.actor("manager"), other_practice)
    answer = theirs.post("/house/edits/own/take", data={"file": (io.BytesIO(saved.data), "own.json")})
    assert answer.status_code == 303
    kept = db.session.query(OwnEdit).filter_by(practice_id=other_practice.row.id).one()
    assert (kept.number, kept.active, kept.rule["title"]) == (1, False, "No authorization")
    for bad in (b"", b"nothing", b"[1]", b'[{"title":1}]', b"\xff", b"[" * 9000, b"x" * ((1 << 18) + 1)):
        assert theirs.post("/house/edits/own/take", data={"file": (io.BytesIO(bad), "own.json")}).status_code == 422


def test_the_list_and_a_page_cost_few_statements(manager) -> None:
    manager.post("/house/edits/own/new", data=FIELDS)
    for path in ("/house/edits/own", f"/house/edits/own/{row().id}", f"/house/edits/own/{row().id}/change"):
        with statements() as sent:
            assert manager.get(path).status_code == 200
        assert len(sent) <= 12


def test_numbers_that_are_not_there(manager) -> None:
    assert manager.get("/house/edits/OWN-99").status_code == 404
    assert manager.get("/house/edits/OWN-x").status_code == 404
    assert manager.get("/house/edits/own/99").status_code == 404
