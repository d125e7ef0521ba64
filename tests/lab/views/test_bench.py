"""The bench as a page: what a scan answers, what it costs, who may, and a screen that is shared."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from clinic.base import db
from clinic.models import Location
from lab.models import Badge, Specimen
from lab.services.badges import PAUSE, TRIES, give_badge
from lab.services.bench_place import place_of_bench
from lab.services.collect import collect
from tests.clinic.views.counting import statements
from tests.fixtures.house import log_in
from tests.fixtures.people import make_patient, make_visit
from tests.lab.morning import EDTA, Clock, furnish
from tests.lab.things import plan_container

PIN = "4829"
SCAN = {"HX-Request": "true"}


@pytest.fixture
def clock(app):
    return Clock(app)


@pytest.fixture
def tube(practice, clock):
    furnish(practice)
    return plan_container(practice, make_patient(practice))


@pytest.fixture
def assistant(client, practice):
    return log_in(client, practice.actor("assistant"), practice)


def scan(client, text="", **fields):
    answer = client.post("/lab/bench/scan", data={"text": text, **fields}, headers=SCAN)
    assert answer.status_code == 200, answer.status_code
    return answer.get_data(as_text=True)


def seen_in(page: str) -> str:
    return re.search(r'name="seen" form="scan-form" value="([^"]*)"', page)[1]


def test_a_scan_takes_in_hand_and_says_what_is_next(assistant, tube) -> None:
    page = scan(assistant, tube.number)
    assert "Calloway, Beatrix" in page
    assert seen_in(page) == f"{tube.id}:1"
    assert 'data-wants="draw"' in scan(assistant, "1")
    page = scan(assistant, "", volume="5", method="venipuncture", site="left arm")
    assert seen_in(page) == f"{tube.id}:2"
    assert f'data-number="{tube.number}"' in page


def test_a_stop_is_said_and_heard(assistant, tube, practice) -> None:
    other = plan_container(practice, make_patient(practice, "Haddad", "Noor"))
    scan(assistant, tube.number)
    page = scan(assistant, other.number)
    assert 'data-sound="stop"' in page
    assert "Haddad, Noor" in page.split('id="due"')[0]
    assert "Haddad" not in page.split('id="scans"')[1].split("</table>")[0]


def test_without_scripts_the_whole_page_answers(assistant, tube) -> None:
    page = assistant.post("/lab/bench/scan", data={"text": tube.number}).get_data(as_text=True)
    assert "<!doctype html>" in page
    assert "Calloway, Beatrix" in page


def test_the_board_comes_alone_and_the_hand_only_when_it_changed(assistant, tube, practice, clock) -> None:
    scan(assistant, tube.number)
    now = f"{tube.id}:{tube.sequence}"
    alone = assistant.get(f"/lab/bench/due?seen={now}", headers=SCAN).get_data(as_text=True)
    assert 'id="due"' in alone
    assert 'id="hand"' not in alone
    behind = assistant.get(f"/lab/bench/due?seen={tube.id}:0", headers=SCAN).get_data(as_text=True)
    assert 'hx-swap-oob="outerHTML"' in behind


def test_the_page_asks_little(assistant, practice, tube) -> None:
    assistant.get("/lab/bench")
    with statements() as empty:
        assistant.get("/lab/bench")
    scan(assistant, tube.number)
    with statements() as holding:
        page = scan(assistant, "STEP-COLLECT")
    with statements() as due:
        assistant.get("/lab/bench/due", headers=SCAN)
    assert 'id="question"' in page
    assert (len(empty) <= 12, len(due) <= 12) == (True, True), (len(empty), len(due))
    assert len(holding) <= 20, len(holding)


@pytest.mark.parametrize(("role", "status"), [("assistant", 200), ("provider", 200), ("biller", 403)])
def test_who_works_at_the_bench(client, practice, role, status) -> None:
    log_in(client, practice.actor(role), practice)
    assert client.get("/lab/bench").status_code == status


def test_french_words(app, assistant, practice, tube) -> None:
    practice.staff["assistant"].locale = "fr"
    db.session.commit()
    assert 'lang="fr"' in assistant.get("/lab/bench").get_data(as_text=True)


@pytest.fixture
def badge(practice):
    """The provider's badge."""
    return give_badge(practice.actor("manager"), practice.staff["provider"].id, PIN, PIN)


def test_badge_and_pin_change_who_acts(assistant, practice, tube, badge) -> None:
    assert 'id="pin"' in scan(assistant, badge)
    answer = assistant.post("/lab/bench/take-over", data={"code": badge, "pin": PIN}, headers=SCAN)
    assert answer.headers["HX-Redirect"].endswith("/lab/bench")
    scan(assistant, tube.number)
    scan(assistant, "1")
    scan(assistant, "")
    assert tube.standing["collected_by"] == practice.staff["provider"].id
    assert assistant.get("/patients").status_code == 200
    assert assistant.get("/house/bench").status_code == 403
    assert assistant.get("/house/staff").status_code == 403


def test_a_pin_opens_no_more_than_the_bench(assistant, practice, badge) -> None:
    """The provider may sign; by a badge alone not."""
    assistant.post("/lab/bench/take-over", data={"code": badge, "pin": PIN})
    assert assistant.get("/claims/to-sign").status_code == 403
    assistant.post("/logout")
    log_in(assistant, practice.actor("provider"), practice)
    assert assistant.get("/claims/to-sign").status_code == 200


def test_wrong_pins_are_counted_and_lock_the_badge(app, assistant, practice, badge, clock) -> None:
    def take_over(pin):
        return assistant.post("/lab/bench/take-over", data={"code": badge, "pin": pin}, headers=SCAN)

    for tried in range(TRIES):
        assert 'data-sound="stop"' in take_over("0000").get_data(as_text=True)
        assert db.session.query(Badge).one().failures == (tried + 1) % TRIES
    assert "HX-Redirect" not in take_over(PIN).headers
    clock.now += PAUSE + timedelta(seconds=1)
    assert "HX-Redirect" in take_over(PIN).headers


def test_a_code_of_another_practice_or_of_nobody_opens_nothing(client, other_practice, badge) -> None:
    log_in(client, other_practice.actor("assistant"), other_practice)
    for code in (badge, "BADGE-NOBODY"):
        answer = client.post("/lab/bench/take-over", data={"code": code, "pin": PIN}, headers=SCAN)
        assert "HX-Redirect" not in answer.headers


def test_a_locked_bench_shows_times_and_no_names(assistant, practice, tube, badge, clock) -> None:
    scan(assistant, tube.number)
    scan(assistant, "1")
    scan(assistant, "")
    assistant.post("/lab/bench/lock", headers=SCAN)
    page = assistant.get("/lab/bench").get_data(as_text=True)
    assert tube.number in page
    assert "Calloway" not in page
    assert "Calloway" not in assistant.get("/lab/bench/due", headers=SCAN).get_data(as_text=True)
    assert assistant.get("/patients").headers["Location"].endswith("/lab/bench")
    assert "HX-Redirect" in assistant.post("/lab/bench/scan", data={"text": tube.number}, headers=SCAN).headers
    assert 'id="pin"' in assistant.post("/lab/bench/unlock", data={"text": badge}).get_data(as_text=True)
    assert assistant.post("/lab/bench/unlock", data={"text": tube.number}).status_code == 200
    assistant.post("/lab/bench/take-over", data={"code": badge, "pin": "0000"})
    assert "Calloway" not in assistant.get("/lab/bench").get_data(as_text=True)
    assistant.post("/lab/bench/take-over", data={"code": badge, "pin": PIN})
    assert "Calloway" in assistant.get("/lab/bench").get_data(as_text=True)


def test_without_any_badge_nobody_is_locked_out(assistant) -> None:
    assert 'id="stop"' in assistant.post("/lab/bench/lock", headers=SCAN).get_data(as_text=True)
    assert assistant.get("/patients").status_code == 200


def test_a_badge_left_alone_locks_by_itself(app, assistant, practice, badge) -> None:
    app.config["CABINET_BENCH_IDLE_MINUTES"] = 0
    assistant.post("/lab/bench/take-over", data={"code": badge, "pin": PIN})
    with assistant.session_transaction() as session:
        session["bench_touched"] -= 1
    assistant.get("/lab/bench/due", headers=SCAN)
    assert assistant.get("/patients").status_code == 303


def test_the_board_keeps_no_session_alive(assistant) -> None:
    assistant.get("/lab/bench")
    with assistant.session_transaction() as session:
        session["bench_touched"] -= 60 * 60 * 24
    assert "/login" in assistant.get("/lab/bench/due", headers=SCAN).headers["HX-Redirect"]


def test_a_second_reading_of_the_same_people_is_none(app, assistant, practice, tube, clock) -> None:
    from clinic.journal.reads import opened

    plan_container(practice, make_patient(practice, "Haddad", "Noor"), EDTA, holder="edta", cap="lavender")
    scan(assistant, tube.number)
    scan(assistant, "1")
    scan(assistant, "")

    def rows() -> int:
        with opened() as file:
            return file.execute("SELECT count(*) FROM page").fetchone()[0]

    before = rows()
    for _ in range(3):
        assistant.get("/lab/bench/due", headers=SCAN)
    assert rows() == before
    scan(assistant, "0")
    scan(assistant, db.session.query(Specimen).order_by(Specimen.id.desc()).first().number)
    assert rows() == before + 1


def test_from_a_locked_bench_one_may_log_out_and_in_again(assistant, practice, badge) -> None:
    assistant.post("/lab/bench/lock", headers=SCAN)
    assert assistant.post("/logout").status_code == 302
    log_in(assistant, practice.actor("assistant"), practice)
    assert assistant.get("/patients").status_code == 200


@pytest.fixture
def annex(practice):
    """A second place of care."""
    row = Location(
        practice_id=practice.row.id,
        name="Annex",
        street="",
        city="",
        place_of_service="11",
        time_zone="America/Chicago",
    )
    db.session.add(row)
    db.session.commit()
    return row


def test_a_board_shows_one_place_and_remembers_which(client, assistant, practice, tube, annex, clock) -> None:
    there = plan_container(practice, make_patient(practice, "Haddad"))
    for row in (tube, there):
        collect(practice.actor("assistant"), row.id, clock.now)
    there.location_id = annex.id
    db.session.commit()
    numbers = (tube.number, there.number)

    def shown(answer) -> list[bool]:
        page = answer.get_data(as_text=True)
        return [f'data-number="{number}"' in page for number in numbers]

    assert shown(assistant.get("/lab/bench")) == [True, True]
    assistant.post("/lab/bench/place", data={"location": annex.id})
    assert shown(assistant.get("/lab/bench")) == [False, True]
    assert shown(assistant.get("/lab/bench/due", headers=SCAN)) == [False, True]
    client.post("/logout")
    log_in(client, practice.actor("assistant"), practice)
    assert shown(client.get("/lab/bench")) == [False, True]
    client.post("/lab/bench/place", data={"location": "987654"})
    assert shown(client.get("/lab/bench")) == [True, True]


def test_a_practice_of_one_place_has_no_choice_of_places(assistant, tube) -> None:
    assert 'name="location"' not in assistant.get("/lab/bench").get_data(as_text=True)


def test_a_place_of_another_practice_is_none(assistant, practice, other_practice, tube) -> None:
    assistant.post("/lab/bench/place", data={"location": other_practice.location.id})
    assert place_of_bench(practice.actor("assistant"), "any") is None


def test_the_hand_says_what_it_is_billed_as(assistant, practice, clock) -> None:
    patient = make_patient(practice)
    row = plan_container(practice, patient, EDTA, holder="edta", cap="lavender", visit=make_visit(practice, patient))
    collect(practice.actor("assistant"), row.id, clock.now, method="venipuncture")
    assert "<code>36415</code>" in scan(assistant, row.number)
