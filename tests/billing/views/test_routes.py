"""Clearinghouses, a payer's routes and its enrolments, on screen: who may, what is shown, what a page costs."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest

from billing.models import Clearinghouse, Enrolment, PayerRoute
from clinic.base import db
from clinic.models import Payer, Provider
from tests.clinic.views.counting import statements
from tests.fixtures.house import log_in

ON = date(2026, 5, 6)
"""The day on which tests happen."""
MOST = 12
ROLES = {
    "assistant": (403, 403),
    "biller": (403, 200),
    "provider": (403, 403),
    "manager": (200, 200),
    "administrator": (200, 200),
}
"""What each role is answered: where routes are written, and where enrolments are."""
GATE = {"name": "Harbor Gate", "submitter_id": "nl 77", "receiver_id": "gate", "active": "y"}
ASKED = {"provider_id": "", "transaction": "837p", "asked_on": "2026-05-04"}


@pytest.fixture
def enter_as(client, practice):
    def enter(role: str):
        client.post("/logout")
        return log_in(client, practice.actor(role), practice)

    return enter


@pytest.fixture
def house(practice) -> int:
    return db.session.query(Clearinghouse.id).filter_by(practice_id=practice.row.id).scalar()


@pytest.fixture
def asked(practice) -> int:
    row = Enrolment(
        practice_id=practice.row.id, payer_id=practice.payer.id, transaction="837p", asked_on=date(2026, 3, 1)
    )
    db.session.add(row)
    db.session.commit()
    return row.id


def text(answer) -> str:
    return answer.get_data(as_text=True)


def seen(page: str) -> str:
    found = re.search(r'name="seen" value="([0-9a-f]{64})"', page)
    assert found, page
    return found.group(1)


def wrong(page: str) -> set[str]:
    return set(re.findall(r'id="([\w-]+)-wrong"', page))


@pytest.mark.parametrize("role", ROLES)
def test_who_may_open_what(enter_as, practice, house, asked, role) -> None:
    client = enter_as(role)
    payer = practice.payer.id
    routes, enrolments = ROLES[role]
    for path, status in {
        "/house/clearinghouses": 200,
        f"/house/payers/{payer}/routes": 200,
        "/house/clearinghouses/new": routes,
        f"/house/clearinghouses/{house}": routes,
        f"/house/payers/{payer}/routes/{house}": routes,
        "/house/enrolments": enrolments,
        f"/house/payers/{payer}/enrolments/new": enrolments,
        f"/house/enrolments/{asked}": enrolments,
    }.items():
        assert client.get(path).status_code == status, path
    assert ("/enrolments/new" in text(client.get(f"/house/payers/{payer}/routes"))) == (enrolments == 200)
    assert ("/clearinghouses/new" in text(client.get("/house/clearinghouses"))) == (routes == 200)


def test_rows_of_another_practice_are_not_there(enter_as, practice, other_practice, house) -> None:
    mine, theirs = practice.payer.id, other_practice.payer.id
    gate = db.session.query(Clearinghouse.id).filter_by(practice_id=other_practice.row.id).scalar()
    row = Enrolment(practice_id=other_practice.row.id, payer_id=theirs, transaction="837p", asked_on=date(2026, 3, 1))
    db.session.add(row)
    db.session.commit()
    enrolment = row.id
    client = enter_as("manager")
    for path in (
        f"/house/clearinghouses/{gate}",
        f"/house/payers/{theirs}/routes/{house}",
        f"/house/payers/{mine}/routes/{gate}",
        f"/house/payers/{theirs}/enrolments/new",
        f"/house/enrolments/{enrolment}",
        f"/house/enrolments/{enrolment}/end",
    ):
        assert client.post(path, data=GATE | ASKED | {"on": "2026-05-06", "used": "y"}).status_code == 404, path
        if not path.endswith("end"):
            assert client.get(path).status_code == 404, path
    assert client.get(f"/house/payers/{theirs}/routes").status_code == 404
    assert 'class="empty"' in text(client.get("/house/enrolments"))
    assert db.session.get_one(Enrolment, enrolment).ends is None
    assert db.session.query(PayerRoute).count() == 0


def test_a_clearinghouse_is_entered_and_goes_out_of_use(enter_as, practice, house) -> None:
    client = enter_as("administrator")
    answer = client.post("/house/clearinghouses/new", data=GATE | {"submitter_id": "A*B", "receiver_id": " "})
    assert (answer.status_code, wrong(text(answer))) == (422, {"submitter_id", "receiver_id"})
    assert client.post("/house/clearinghouses/new", data=GATE | {"name": "Clear House"}).status_code == 422
    assert client.post("/house/clearinghouses/new", data=GATE | {"submitter_id": "nl77"}).status_code == 303
    gate = db.session.query(Clearinghouse).filter_by(name="Harbor Gate").one()
    assert (gate.submitter_id, gate.receiver_id, gate.active) == ("NL77", "GATE", True)
    assert "Nothing says which" in text(client.get(f"/house/payers/{practice.payer.id}/routes"))
    page = text(client.get(f"/house/clearinghouses/{house}"))
    data = {"seen": seen(page), "name": "Clear House", "submitter_id": "NORTHLAKE", "receiver_id": "CLEARHOUSE"}
    assert client.post(f"/house/clearinghouses/{house}", data=data).status_code == 303
    assert not db.session.get_one(Clearinghouse, house).active
    assert client.post(f"/house/clearinghouses/{house}", data=data | {"name": "Late"}).status_code == 409
    page = text(client.get("/house/clearinghouses"))
    assert page.index("Harbor Gate") < page.index("Clear House")
    assert "Nothing says which" not in text(client.get(f"/house/payers/{practice.payer.id}/routes"))


def test_a_route_is_said_and_shown(enter_as, practice, house) -> None:
    client, payer = enter_as("manager"), practice.payer.id
    path = f"/house/payers/{payer}/routes/{house}"
    page = text(client.get(path))
    answer = client.post(path, data={"seen": seen(page), "payer_number": " 60054 ", "used": "y", "enrols": "y"})
    assert answer.status_code == 303
    assert answer.location.endswith(f"/house/payers/{payer}/routes")
    row = db.session.query(PayerRoute).one()
    assert (row.payer_id, row.payer_number, row.used, row.enrols) == (payer, "60054", True, True)
    shown = text(client.get(f"/house/payers/{payer}/routes"))
    assert "60054" in shown
    assert "NLM01" not in shown
    assert client.post(path, data={"seen": seen(page), "payer_number": "1"}).status_code == 409
    assert 'id="history"' in text(client.get(path))
    assert f"/house/payers/{payer}/routes" in text(client.get("/house/payers"))
    assert f"/house/payers/{payer}/routes" in text(client.get(f"/house/payers/{payer}"))


def test_an_enrolment_is_entered_answered_and_ended(enter_as, practice) -> None:
    client, payer = enter_as("biller"), practice.payer.id
    new = f"/house/payers/{payer}/enrolments/new"
    bad = client.post(new, data=ASKED | {"asked_on": "tomorrow", "transaction": "999", "provider_id": "x"})
    assert (bad.status_code, wrong(text(bad))) == (422, {"asked_on", "transaction", "provider_id"})
    assert wrong(text(client.post(new, data=ASKED | {"asked_on": "2026-05-07"}))) == {"asked_on"}
    assert wrong(text(client.post(new, data=ASKED | {"ends": "2026-05-03"}))) == {"ends"}
    assert db.session.query(Enrolment).count() == 0
    assert client.post(new, data=ASKED | {"provider_id": str(practice.provider.id)}).status_code == 303
    row = db.session.query(Enrolment).one()
    path, enrolment = f"/house/enrolments/{row.id}", row.id
    assert (row.provider_id, row.starts) == (practice.provider.id, None)
    shown = text(client.get(f"/house/payers/{payer}/routes"))
    assert "Anand Verma" in shown
    assert "not answered" in shown
    page = text(client.get(path))
    answered = ASKED | {"seen": seen(page), "starts": "2026-05-05", "number": "EN7"}
    assert client.post(path, data=answered).status_code == 303
    assert db.session.get_one(Enrolment, enrolment).provider_id is None
    page = text(client.get(path))
    assert "Anand Verma</del>" in page
    assert "the whole practice</ins>" in page
    ending = {"seen": seen(page), "on": "2026-05-04"}
    assert client.post(f"{path}/end", data=ending).location.endswith(path)
    assert client.post(f"{path}/end", data=ending | {"on": "soon"}).location.endswith(path)
    assert client.post(f"{path}/end", data=ending | {"seen": "0" * 64}).location.endswith(path)
    assert db.session.get_one(Enrolment, enrolment).ends is None
    assert client.post(f"{path}/end", data=ending | {"on": "2026-05-06"}).status_code == 303
    assert db.session.get_one(Enrolment, enrolment).ends == ON
    assert f"{path}/end" not in text(client.get(path))


def test_what_needs_somebody_is_in_the_rail_and_on_its_page(enter_as, practice, asked) -> None:
    client = enter_as("manager")
    assert "/house/enrolments" in text(client.get("/"))
    page = text(client.get("/house/enrolments"))
    assert f"/house/enrolments/{asked}" in page
    assert "asked 66 days ago" in page
    assert "/house/enrolments" not in text(enter_as("assistant").get("/"))


def test_pages_cost_the_same_however_long(enter_as, practice, house) -> None:
    client, payer = enter_as("manager"), practice.payer.id

    def cost(path: str) -> int:
        with statements() as sent:
            assert client.get(path).status_code == 200
        return len(sent)

    paths = (
        "/house/clearinghouses",
        f"/house/clearinghouses/{house}",
        f"/house/payers/{payer}/routes",
        f"/house/payers/{payer}/routes/{house}",
        f"/house/payers/{payer}/enrolments/new",
        "/house/enrolments",
        "/house/payers",
        f"/house/payers/{payer}",
    )
    cost("/me")  # the first page of a session writes when it began
    costs = []
    for round_ in range(2):
        for number in range(4):
            name = f"{round_}-{number}"
            gate = Clearinghouse(practice_id=practice.row.id, name=name, submitter_id="A", receiver_id="B")
            person = Provider(practice_id=practice.row.id, last=name, profession="physician")
            plan = Payer(practice_id=practice.row.id, name=name, filing="CI")
            db.session.add_all([gate, person, plan])
            db.session.flush()
            db.session.add(PayerRoute(practice_id=practice.row.id, payer_id=plan.id, clearinghouse_id=gate.id))
            db.session.add_all(
                Enrolment(
                    practice_id=practice.row.id,
                    payer_id=each,
                    provider_id=person.id,
                    transaction="837p",
                    starts=date(2026, 1, 1),
                    ends=ON + timedelta(days=number),
                )
                for each in (payer, plan.id)
            )
            db.session.commit()
        some = db.session.query(Enrolment.id).limit(1).scalar()
        costs.append({path: cost(path) for path in (*paths, f"/house/enrolments/{some}")})
    assert costs[0] == costs[1]
    assert max(costs[1].values()) <= MOST, costs[1]
