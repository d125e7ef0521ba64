"""The screens of payer profiles: from the form to a finding at the desk, and back to the built-in one."""

from __future__ import annotations

import io
import json
import re

import pytest

from billing.edits import EDITS
from billing.models import OwnPayerProfile
from billing.services.own_profiles import BLOCKING
from billing.services.profile_in_order import MOST_OFF
from billing.services.send_claims import send_claims
from clinic.base import db
from tests.billing.services.steps import coded_claim, ready_claim
from tests.clinic.views.counting import statements
from tests.fixtures.house import log_in

WARNS = next(code for code, each in EDITS.items() if each.declared.severity == "warn" and not each.declared.payers)
LIST = "/house/payers/profiles"

EMPTY = {f"off_{at}_{part}": "" for at in range(MOST_OFF) for part in ("code", "reason")}
"""A browser sends the rows that nobody filled too."""

FIELDS = EMPTY | {
    "name": "North Lake",
    "base": "commercial",
    "form": "837p",
    "identifiers": "NLM01",
    "filings": "",
    "filing_limit_days": "1",
    "filing_limit_reason": "Contract 4.2",
    "authorization_codes": "70540-70559 E0100",
    "most_acts": "",
    "off_2_code": WARNS,
    "off_2_reason": "They never ask.",
}


@pytest.fixture
def manager(client, practice):
    return log_in(client, practice.actor("manager"), practice)


def row() -> OwnPayerProfile:
    db.session.expire_all()
    return db.session.query(OwnPayerProfile).one()


def page(client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


def press(client, what: str) -> None:
    found = re.search(r'name="seen" value="([0-9a-f]+)"', page(client, f"{LIST}/{row().id}"))
    answer = client.post(f"{LIST}/{row().id}/{what}", data={"seen": found[1] if found else ""})
    assert answer.status_code == 303


def seen(client) -> str:
    return re.search(r'name="seen" value="([0-9a-f]+)"', page(client, f"{LIST}/{row().id}/change"))[1]


def test_from_the_form_to_the_desk_and_back(app, manager, practice) -> None:
    claim = coded_claim(practice)
    assert manager.post(f"{LIST}/new", data=FIELDS).status_code == 303
    press(manager, "put-on")
    assert row().standing is None
    press(manager, "try")
    press(manager, "put-on")
    assert row().standing["off"] == [{"code": WARNS, "reason": "They never ask."}]
    biller = log_in(app.test_client(), practice.actor("biller"), practice)
    page(biller, f"/claims/{claim}/code")
    with statements() as sent:
        assert "DAT-04" in page(biller, f"/claims/{claim}/code")
    assert len(sent) <= 12
    assert "They never ask." in page(manager, f"/house/edits/{WARNS}")
    press(manager, "put-back")
    assert "DAT-04" not in page(biller, f"/claims/{claim}/code")
    assert "They never ask." not in page(manager, f"/house/edits/{WARNS}")
    assert row().proposed is not None


def test_what_trying_came_to_is_shown(manager, practice) -> None:
    claim = ready_claim(practice)
    send_claims(practice.actor("biller"), [claim])
    manager.post(f"{LIST}/new", data=FIELDS | {"form": "cms1500"})
    press(manager, "try")
    shown = page(manager, f"{LIST}/{row().id}")
    assert f"/claims/{claim}" in shown
    assert "/house/edits/DAT-04" in shown


def test_a_wrong_part_is_told_at_its_field(manager) -> None:
    for fields, named in (
        ({"name": ""}, "name"),
        ({"identifiers": ""}, "identifiers"),
        ({"filings": "ZZZ"}, "filings"),
        ({"filing_limit_days": "soon"}, "filing_limit_days"),
        ({"filing_limit_days": "0"}, "filing_limit_days"),
        ({"filing_limit_reason": ""}, "filing_limit_reason"),
        ({"off_5_code": min(BLOCKING), "off_5_reason": "because"}, "off_5_code"),
        ({"off_2_reason": ""}, "off_2_reason"),
        ({"authorization_codes": "1-2"}, "authorization_codes"),
        ({"most_acts": "77"}, "most_acts"),
        ({"base": "nonsense"}, "base"),
        ({"on": ["XXX-01"]}, "on"),
    ):
        answer = manager.post(f"{LIST}/new", data=FIELDS | fields)
        assert answer.status_code == 422, named
        assert f'href="#{named}"' in answer.get_data(as_text=True), named
    assert db.session.query(OwnPayerProfile).count() == 0


def test_the_second_of_two_writers_sees_what_the_first_one_wrote(manager) -> None:
    manager.post(f"{LIST}/new", data=FIELDS)
    before = seen(manager)
    changed = FIELDS | {"filing_limit_days": "120", "off_2_reason": "Their manual, page 7", "seen": before}
    assert manager.post(f"{LIST}/{row().id}/change", data=changed).status_code == 303
    off = re.search(r'name="off"[^>]* value="([^"]*)"', page(manager, f"{LIST}/{row().id}/change"))[1]
    assert "Their manual, page 7" in off
    late = FIELDS | {"filing_limit_days": "60", "seen": before, "off": f"{WARNS} They never ask."}
    answer = manager.post(f"{LIST}/{row().id}/change", data=late)
    text = answer.get_data(as_text=True)
    assert answer.status_code == 409
    told = re.search(r'<div class="notice wrongs".*?</ul>', text, re.DOTALL)[0]
    assert "<b>120</b>" in told
    assert "Their manual, page 7" in told
    assert "Takes claims as" not in told
    assert row().proposed["filing_limit_days"] == 120
    again = re.search(r'name="seen" value="([0-9a-f]+)"', text)[1]
    assert manager.post(f"{LIST}/{row().id}/change", data=late | {"seen": again}).status_code == 303
    assert (row().proposed["filing_limit_days"], row().version) == (60, 3)


def test_each_version_is_shown_with_who_and_what(manager, practice) -> None:
    manager.post(f"{LIST}/new", data=FIELDS)
    press(manager, "try")
    press(manager, "put-on")
    manager.post(f"{LIST}/{row().id}/change", data=FIELDS | {"filing_limit_days": "45", "seen": seen(manager)})
    shown = page(manager, f"{LIST}/{row().id}")
    history = shown[shown.index('id="history"') :].partition("</section>")[0]
    assert history.count(f"<b>{practice.staff['manager'].name}</b>") == 4
    assert "<del>1</del> → <ins>45</ins>" in history
    assert "<del>90</del> → <ins>1</ins>" in history
    assert shown.count("<del>1</del> → <ins>45</ins>") == 2  # and beside, as the change that waits
    press(manager, "drop")
    assert row().proposed is None
    assert "<del>1</del> → <ins>45</ins>" in page(manager, f"{LIST}/{row().id}")


def test_saved_in_one_practice_and_taken_in_another(app, manager, other_practice) -> None:
    manager.post(f"{LIST}/new", data=FIELDS)
    saved = manager.get(f"{LIST}/profiles.json")
    assert [each["name"] for each in json.loads(saved.data)] == ["North Lake"]
    theirs = log_in(app.test_client(), other_practice.actor("manager"), other_practice)
    answer = theirs.post(f"{LIST}/take", data={"file": (io.BytesIO(saved.data), "own.json")})
    assert answer.status_code == 303
    kept = db.session.query(OwnPayerProfile).filter_by(practice_id=other_practice.row.id).one()
    assert (kept.name, kept.standing) == ("North Lake", None)
    twice = json.dumps([{"name": "A", "base": "commercial", "form": "837p", "filings": ["CI"]}] * 2).encode()
    bad = (b"", b"nothing", b"[1]", b'[{"name":1}]', b"\xff", b"[" * 9000, b"x" * ((1 << 18) + 1), twice, saved.data)
    for each in bad:
        assert theirs.post(f"{LIST}/take", data={"file": (io.BytesIO(each), "own.json")}).status_code == 422
    assert db.session.query(OwnPayerProfile).filter_by(practice_id=other_practice.row.id).count() == 1


def test_a_payers_page_leads_to_what_it_asks(manager, practice) -> None:
    payer = practice.payer.id
    assert f"/house/payers/{payer}/profile" in page(manager, f"/house/payers/{payer}")
    to = manager.get(f"/house/payers/{payer}/profile").location
    assert to.endswith(f"{LIST}/built-in/commercial?payer={payer}")
    begin = f"{LIST}/new?base=commercial&amp;payer={payer}"
    assert begin in page(manager, to)
    assert 'value="NLM01"' in page(manager, begin.replace("&amp;", "&"))
    manager.post(f"{LIST}/new", data=FIELDS)
    assert manager.get(f"/house/payers/{payer}/profile").location.endswith(f"{LIST}/{row().id}")
    press(manager, "try")
    press(manager, "put-on")
    assert manager.get(f"/house/payers/{payer}/profile").location.endswith(f"{LIST}/{row().id}")
    assert practice.payer.name in page(manager, f"{LIST}/{row().id}")


def test_pages_cost_few_statements(manager) -> None:
    manager.post(f"{LIST}/new", data=FIELDS)
    press(manager, "try")
    press(manager, "put-on")
    paths = (LIST, f"{LIST}/{row().id}", f"{LIST}/{row().id}/change", f"{LIST}/new", f"{LIST}/built-in/commercial")
    for path in (*paths, f"/house/edits/{WARNS}"):
        with statements() as sent:
            page(manager, path)
        assert len(sent) <= 12, path


def test_the_list_goes_on_with_deadlines(manager, practice, monkeypatch) -> None:
    monkeypatch.setattr("billing.services.move_deadlines.MOST", 1)
    for at in range(2):
        coded_claim(practice, f"Number{at}")
    manager.post(f"{LIST}/new", data=FIELDS)
    press(manager, "try")
    found = re.search(r'name="seen" value="([0-9a-f]+)"', page(manager, f"{LIST}/{row().id}"))[1]
    to = manager.post(f"{LIST}/{row().id}/put-on", data={"seen": found}).location
    after = re.search(r"after=(\d+)", to)[1]
    assert f'name="after" value="{after}"' in page(manager, to)
    assert manager.post(f"{LIST}/deadlines", data={"after": after}).location.endswith(LIST)


def test_who_only_reads_sees_no_acts(app, manager, practice) -> None:
    manager.post(f"{LIST}/new", data=FIELDS)
    biller = log_in(app.test_client(), practice.actor("biller"), practice)
    for path in (LIST, f"{LIST}/{row().id}", f"{LIST}/built-in/medicare_b"):
        assert 'method="post" action="/house/payers/' not in page(biller, path)
    assert biller.get(f"{LIST}/new").status_code == 403


def test_what_is_not_there(manager) -> None:
    assert manager.get(f"{LIST}/99").status_code == 404
    assert manager.get(f"{LIST}/built-in/nobody").status_code == 404
    assert manager.get("/house/payers/99/profile").status_code == 404
