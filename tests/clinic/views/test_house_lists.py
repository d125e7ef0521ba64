"""The lists of the house: searched, sorted, empty, and at the same cost however long."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest
from sqlalchemy import event

from clinic.base import db
from clinic.models import Charge, Location, Payer, Printer, Provider, Staff
from tests.clinic.views.house import LISTS
from tests.fixtures.house import log_in


@pytest.fixture
def enter_as(client, practice):
    def enter(role: str):
        client.post("/logout")
        return log_in(client, practice.actor(role), practice)

    return enter


def test_charges_are_searched_sorted_and_paged(enter_as, practice) -> None:
    db.session.add_all(
        Charge(
            practice_id=practice.row.id,
            system="cpt",
            code=f"{number:05d}",
            words=f"thing 100% {number}",
            price_cents=number,
        )
        for number in range(60)
    )
    db.session.commit()
    client = enter_as("assistant")

    def codes(address: str) -> list[str]:
        return re.findall(r"<code>(\w{5})</code>", client.get(address).get_data(as_text=True))

    assert len(codes("/house/charges")) == 50
    assert len(codes("/house/charges?page=2")) == 13
    assert len(codes("/house/charges?page=99999")) == 13
    assert codes("/house/charges?q=BLOOD") == ["36415"]
    assert codes("/house/charges?q=992") == ["99213"]
    assert codes("/house/charges?q=0%25+3")[:1] == ["00003"]
    assert codes("/house/charges?sort=-price&q=9")[0] == "99213"
    assert codes("/house/charges?sort=nonsense") == codes("/house/charges")
    assert codes("/house/charges?q=%25%25") == []


def test_empty_lists_say_what_will_be_there(enter_as, practice) -> None:
    db.session.query(Charge).delete()
    db.session.commit()
    client = enter_as("biller")
    for path in ("/house/charges", "/house/printers", "/house/payers?q=nobody", "/house/charges?q=nothing"):
        assert 'class="empty"' in client.get(path).get_data(as_text=True), path


def test_code_sets_are_listed_and_searched(enter_as) -> None:
    client = enter_as("provider")
    page = client.get("/house/codes").get_data(as_text=True)
    assert "74,719" in page or "74719" in page or "icd10cm" in page
    page = client.get("/house/codes?q=hypertension&system=icd10cm").get_data(as_text=True)
    assert "<code>I10</code>" in page
    assert client.get("/house/codes?q=x&system=nothing").status_code == 422
    assert client.get("/house/codes?q=x&on=soon").status_code == 422
    assert 'class="empty"' in client.get("/house/codes?q=qqqqqqq").get_data(as_text=True)


def test_a_list_costs_the_same_however_long(enter_as, practice) -> None:
    client = enter_as("manager")
    client.post("/house/printers/new", data={"name": "Q"})  # one of each, so that its clock is asked for
    counted: list[str] = []

    def count(conn, cursor, statement, *rest) -> None:
        counted.append(statement)

    def cost(path: str) -> int:
        counted.clear()
        event.listen(db.engine, "before_cursor_execute", count)
        try:
            assert client.get(path).status_code == 200
        finally:
            event.remove(db.engine, "before_cursor_execute", count)
        return len(counted)

    client.get("/house/practice")  # what is read once and kept is not read again
    paths = [*LISTS, "/house/journal", "/house/imports"]
    before = {path: cost(path) for path in paths}
    now = datetime(2026, 5, 4, tzinfo=UTC)
    for number in range(20):
        db.session.add_all(
            [
                Location(
                    practice_id=practice.row.id,
                    name=f"P{number}",
                    street="1",
                    city="C",
                    place_of_service="11",
                    time_zone="UTC",
                ),
                Payer(practice_id=practice.row.id, name=f"P{number}"),
                Charge(practice_id=practice.row.id, system="cpt", code=f"{number:05d}", words="w", price_cents=1),
                Provider(practice_id=practice.row.id, last=f"L{number}", profession="other"),
                Printer(practice_id=practice.row.id, name=f"P{number}"),
                Staff(
                    practice_id=practice.row.id,
                    username=f"u{number}",
                    fs_uniquifier=f"u{number}",
                    first="F",
                    last="L",
                    created_at=now,
                ),
            ]
        )
    db.session.commit()
    for number in range(5):
        client.post("/house/printers/new", data={"name": f"Q{number}"})
    assert {path: cost(path) for path in paths} == before
    assert max(before.values()) <= 20
