"""What surrounds every screen: rail, headers, words, one's own settings."""

from __future__ import annotations

import hashlib
import re
from datetime import timedelta

import pytest
from sqlalchemy import event, select
from sqlalchemy.engine import Engine

from clinic import queues
from clinic.base import db
from clinic.models import JournalAct, Staff
from clinic.policy import RIGHTS, RoleName
from clinic.queues import Queue, QueueState
from clinic.services import clock
from clinic.settings import ROOT
from tests.fixtures.house import log_in

PAGES = ("/", "/me", "/house/policy", "/change")


@pytest.fixture
def waiting(monkeypatch):
    """One queue that three things wait in, one of them late; and one that nobody but a manager may open."""
    monkeypatch.setattr(queues, "QUEUES", {name: queues.QUEUES[name] for name in ("today", "house")})
    calls = []

    def count(actor):
        calls.append(actor)
        old = clock.now() - timedelta(days=2, hours=4, minutes=30)
        return {"sample": QueueState(3, old, 1, (1, 2, 0)), "sample_2": QueueState(0)}

    queues.declare(
        Queue("sample", "To sample", "Sample", "codes.read", "me.show", count, timedelta(days=2), "bench", 1),
        Queue("sample_2", "To sample again", "Again", "codes.read", "house.who_may", count, None, "bench", 2),
        Queue("closed", "Closed", "Closed", "patient.merge", "parts.show", count, None, "bench", 3),
    )
    return calls


@pytest.mark.parametrize("role", list(RoleName))
@pytest.mark.parametrize("path", PAGES)
def test_every_role_has_its_pages(client, practice, role, path) -> None:
    log_in(client, practice.actor(role), practice)
    answer = client.get(path)
    assert answer.status_code == 200
    text = answer.get_data(as_text=True)
    assert text.count("<h1") == 1
    assert 'class="skip' in text
    assert not re.search(r"\sstyle=|\son[a-z]+=|<style|<script(?![^>]*\ssrc=)", text)


def test_nothing_comes_from_another_host(client, practice) -> None:
    log_in(client, practice.actor("manager"), practice)
    text = client.get("/").get_data(as_text=True)
    assert not re.findall(r"(?:href|src|action)=\"(?:https?:)?//", text)


def test_headers(client) -> None:
    headers = client.get("/login").headers
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["Cache-Control"] == "no-store"
    assert headers["X-Content-Type-Options"] == "nosniff"


def test_assets_are_kept_by_their_bytes(client) -> None:
    page = client.get("/login").get_data(as_text=True)
    sheet = re.search(r'href="(/static/css/tokens\.css\?v=[0-9a-f]{12})"', page)
    assert sheet
    with client.get(sheet[1]) as kept:
        assert "immutable" in kept.headers["Cache-Control"]
    with client.get("/static/css/tokens.css") as asked_again:
        assert "immutable" not in asked_again.headers["Cache-Control"]
    order = re.findall(r'href="/static/css/([a-z]+)', page)
    assert order == sorted(order, key=["tokens", "base", "parts", "screens"].index)


def test_rail_counts_once_and_tells_what_is_late(client, practice, waiting) -> None:
    log_in(client, practice.actor("biller"), practice)
    text = client.get("/").get_data(as_text=True)
    assert len(waiting) == 1
    rail = text[text.index('<nav class="rail"') : text.index("</nav>", text.index('<nav class="rail"'))]
    assert re.search(r'data-key="1"[^>]*><kbd[^>]*>1</kbd><span class="full">To sample</span>', rail)
    assert '<span class="n" data-late>3</span>' in rail
    assert "Closed" not in rail
    assert rail.count('aria-current="page"') == 1
    queue_table = text[text.index('id="queues"') :]
    assert 'data-severity="block">1 late' in queue_table
    assert "2 d 4 h" in queue_table
    assert "4 h late" in queue_table


def test_rail_marks_where_one_is_by_the_address(client, practice, waiting) -> None:
    log_in(client, practice.actor("biller"), practice)
    text = client.get("/me").get_data(as_text=True)
    assert re.search(r'<a href="/me" aria-current="page" data-key="1"', text)


def test_today_says_what_one_did_last(client, practice) -> None:
    log_in(client, practice.actor("assistant"), practice)
    assert "Nothing yet." in client.get("/").get_data(as_text=True)
    client.post("/me/theme", data={"theme": "dark"})
    text = client.get("/").get_data(as_text=True)
    assert "own language, theme and password" in text
    assert "Nothing yet." not in text


def test_today_never_shows_what_another_did(client, practice) -> None:
    log_in(client, practice.actor("assistant"), practice)
    client.post("/me/theme", data={"theme": "dark"})
    client.post("/logout")
    log_in(client, practice.actor("biller"), practice)
    assert "Nothing yet." in client.get("/").get_data(as_text=True)


@pytest.mark.parametrize(
    ("theme", "mark"), [("dark", ' data-theme="dark"'), ("light", ' data-theme="light"'), ("", "")]
)
def test_theme_is_kept_and_journalled(client, practice, theme, mark) -> None:
    who = practice.actor("biller")
    log_in(client, who, practice)
    answer = client.post("/me/theme", data={"theme": theme, "next": "/house/policy?x=1"})
    assert answer.status_code == 303
    assert answer.headers["Location"] == "/house/policy?x=1"
    assert f'<html lang="en"{mark}>' in client.get("/").get_data(as_text=True)
    assert db.session.scalars(select(JournalAct.act)).all() == ["self.change"]


def test_language_is_kept(client, practice) -> None:
    who = practice.actor("biller")
    log_in(client, who, practice)
    client.post("/me/language", data={"language": "fr"})
    assert '<html lang="fr"' in client.get("/").get_data(as_text=True)
    assert db.session.scalar(select(Staff.locale).where(Staff.id == who.staff_id)) == "fr"
    assert db.session.scalar(select(Staff.locale).where(Staff.id != who.staff_id).limit(1)) is None


@pytest.mark.parametrize(("path", "data"), [("/me/theme", {"theme": "sepia"}), ("/me/language", {"language": "xx"})])
def test_what_is_not_offered_is_refused(client, practice, path, data) -> None:
    log_in(client, practice.actor("biller"), practice)
    assert client.post(path, data=data).status_code == 422
    assert db.session.scalars(select(JournalAct)).all() == []


@pytest.mark.parametrize("target", ["https://elsewhere.example/", "//elsewhere.example/", "/\\elsewhere.example", "x"])
def test_next_stays_in_the_house(client, practice, target) -> None:
    log_in(client, practice.actor("biller"), practice)
    answer = client.post("/me/theme", data={"theme": "dark", "next": target})
    assert answer.headers["Location"] == "/me"


def test_policy_page_is_the_policy(client, practice) -> None:
    log_in(client, practice.actor("administrator"), practice)
    text = client.get("/house/policy").get_data(as_text=True)
    for right in RIGHTS.values():
        row = text[text.index(f'<tr id="{right.name}">') :]
        assert row[: row.index("</tr>")].count('data-severity="ok"') == len(right.roles)


def test_parts_page_is_the_administrators(client, practice) -> None:
    log_in(client, practice.actor("biller"), practice)
    assert client.get("/house/parts").status_code == 403
    client.post("/logout")
    log_in(client, practice.actor("administrator"), practice)
    assert client.get("/house/parts").status_code == 200


def test_errors_are_pages_for_people_and_notices_for_htmx(client, practice) -> None:
    log_in(client, practice.actor("biller"), practice)
    page = client.get("/no/such/page")
    assert page.status_code == 404
    assert "<!doctype html>" in page.get_data(as_text=True)
    part = client.get("/no/such/page", headers={"HX-Request": "true"})
    assert part.status_code == 404
    assert part.headers["HX-Retarget"] == "#notices"
    assert part.get_data(as_text=True).strip().startswith('<div class="notice"')


def test_anyone_is_told_nothing_of_the_house(client, practice) -> None:
    text = client.get("/login").get_data(as_text=True)
    assert 'class="rail"' not in text
    assert practice.row.name not in text


def test_a_screen_asks_little_of_the_database(client, practice, waiting) -> None:
    log_in(client, practice.actor("biller"), practice)
    asked = []

    def hear(_connection, _cursor, statement, *_rest) -> None:
        asked.append(statement)

    event.listen(Engine, "before_cursor_execute", hear)
    try:
        client.get("/me")
    finally:
        event.remove(Engine, "before_cursor_execute", hear)
    assert 1 <= len(asked) <= 6, asked


def test_what_is_not_ours_is_what_it_says() -> None:
    folder = ROOT / "static" / "vendor"
    rows = [line.split() for line in (folder / "manifest.txt").read_text("utf-8").splitlines() if line[:1] != "#"]
    assert {row[4] for row in rows} == {path.name for path in folder.glob("*.js")}
    for name, version, _licence, digest, file in rows:
        content = (folder / file).read_bytes()
        assert hashlib.sha256(content).hexdigest() == digest
        assert version.encode() in content
        assert (folder / f"{name.split('.')[0]}.LICENSE").is_file()
