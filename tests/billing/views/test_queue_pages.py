"""Queues on screen: one's own, narrowed, and by keyboard from one to the next."""

from __future__ import annotations

import re

import pytest

from billing.models import ClaimRecord
from billing.services.hold_claim import finish_coding, return_claim, review_claim
from clinic.base import db
from clinic.policy import RoleName
from tests.billing.services.steps import coded_claim, digest_of, ready_claim
from tests.clinic.views.counting import statements
from tests.fixtures.house import log_in
from tests.fixtures.people import make_patient, make_visit

PAGES = {
    "/claims/to-code": "biller",
    "/claims/sent-back": "biller",
    "/claims/to-review": "biller",
    "/claims/to-sign": "provider",
    "/claims/to-sign?in=to_sign_all": "provider",
    "/claims/ready": "biller",
    "/claims/held": "biller",
    "/claims/no-policy": "assistant",
    "/claims/work": "manager",
}


def finish(practice, last: str) -> int:
    claim_id = coded_claim(practice, last)
    finish_coding(practice.actor("biller"), claim_id, digest_of(practice, claim_id))
    return claim_id


@pytest.fixture
def day(practice) -> list[int]:
    """Something in every queue; the claims to review."""
    waiting = [finish(practice, last) for last in ("Aarons", "Bell", "Cruz")]
    coded_claim(practice, "Dahl")
    ready_claim(practice, "Eze")
    back = finish(practice, "Fox")
    return_claim(practice.actor("manager"), back, "the wrong knee")
    signing = finish(practice, "Gray")
    review_claim(practice.actor("manager"), signing, digest_of(practice, signing))
    make_visit(practice, make_patient(practice, "Hale"))
    make_visit(practice, make_patient(practice, "Ibarra", covered=False))
    return waiting


@pytest.mark.parametrize("path", list(PAGES))
def test_a_queue_costs_few_statements(client, practice, day, path) -> None:
    log_in(client, practice.actor(PAGES[path]), practice)
    client.get(path)
    with statements() as sent:
        answer = client.get(path)
    assert answer.status_code == 200
    assert len(sent) <= 12


@pytest.mark.parametrize("role", list(RoleName))
def test_today_costs_few_statements_and_shows_ones_own_first(client, practice, day, role) -> None:
    log_in(client, practice.actor(role), practice)
    with statements() as sent:
        text = client.get("/").get_data(as_text=True)
    assert len(sent) <= 12
    first = re.search(r'<tr class="group">.*?<a href="([^"]+)"', text, re.DOTALL)
    mine = {
        "biller": "/claims/to-code",
        "provider": "/claims/to-sign",
        "assistant": "/claims/no-policy",
        "manager": "/claims/work",
    }
    assert (first[1] if first else None) == mine.get(role)


def test_reviewing_goes_to_the_next_and_says_when_there_is_none(client, practice, day) -> None:
    log_in(client, practice.actor("manager"), practice)
    met = [day[0]]
    for _ in day:
        answer = client.post(f"/claims/{met[-1]}/review?in=to_review", data={"seen": digest_of(practice, met[-1])})
        assert answer.status_code == 302
        found = re.match(r"/claims/(\d+)\?in=to_review$", answer.headers["Location"])
        if not found:
            break
        met.append(int(found[1]))
    assert met == day
    assert answer.headers["Location"] == "/claims/to-review"
    assert 'data-severity="ok"' in client.get("/claims/to-review").get_data(as_text=True)


def test_one_goes_on_without_deciding(client, practice, day) -> None:
    log_in(client, practice.actor("manager"), practice)
    text = client.get(f"/claims/{day[1]}?in=to_review").get_data(as_text=True)
    for key, claim_id in (("n", day[2]), ("p", day[0])):
        assert re.search(rf'data-key="{key}" href="/claims/{claim_id}\?in=to_review"', text)
    last = client.get(f"/claims/{day[2]}?in=to_review").get_data(as_text=True)
    assert not re.search(r'data-key="n" href="/claims/', last)


def test_what_a_queue_is_narrowed_to_stays_on_the_way(client, practice, day) -> None:
    biller = practice.actor("manager")
    log_in(client, biller, practice)
    client.post("/claims/assign", data={"claim": [day[0], day[2]], "to": "me"})
    text = client.get("/claims/to-review?who=mine").get_data(as_text=True)
    assert f"/claims/{day[1]}?" not in text
    answer = client.post(f"/claims/{day[0]}/review?in=to_review&who=mine", data={"seen": digest_of(practice, day[0])})
    assert answer.headers["Location"] == f"/claims/{day[2]}?in=to_review&who=mine"
    # whose claims are shown is remembered until it is said otherwise
    assert f"/claims/{day[1]}?" not in client.get("/claims/to-review").get_data(as_text=True)
    assert f"/claims/{day[1]}?" in client.get("/claims/to-review?who=all").get_data(as_text=True)


def test_a_visit_that_is_given_away_gets_its_claim(client, practice) -> None:
    visit = make_visit(practice, make_patient(practice))
    log_in(client, practice.actor("manager"), practice)
    to = practice.staff["biller"].id
    answer = client.post("/claims/assign", data={"visit": visit.id, "to": to, "next": "/claims/to-code"})
    assert answer.headers["Location"] == "/claims/to-code"
    assert [row.assigned_to_id for row in db.session.query(ClaimRecord)] == [to]


@pytest.mark.parametrize("target", ["//else.example", "https://else.example", "/\\else.example", ""])
def test_one_stays_in_the_house(client, practice, target) -> None:
    claim_id = coded_claim(practice)
    log_in(client, practice.actor("biller"), practice)
    answer = client.post("/claims/assign", data={"claim": claim_id, "to": "me", "next": target})
    assert answer.headers["Location"] == "/claims/to-code"


@pytest.mark.parametrize(
    "query",
    ["who=9999999999999", "payer=x&provider=-1", "findings=none", "due=never", "page=0", "page=99", "page=x", "q=%25"],
)
def test_what_cannot_be_read_narrows_nothing(client, practice, day, query) -> None:
    log_in(client, practice.actor("biller"), practice)
    assert client.get(f"/claims/to-review?{query}").status_code == 200
    assert client.get(f"/claims/{day[0]}?in=nowhere&{query}").status_code == 200


def test_what_was_typed_stays_out_of_the_cookie(client, practice, day) -> None:
    log_in(client, practice.actor("biller"), practice)
    client.get("/claims/to-review?q=aarons")
    with client.session_transaction() as kept:
        assert kept["queue"] == {"in": "to_review"}
