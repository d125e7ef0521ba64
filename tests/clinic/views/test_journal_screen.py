"""The journal's screen: found by who, what, which and when; a page at a time; and whether the chain is whole."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import delete, select, update

from clinic.base import db
from clinic.journal import reads
from clinic.journal.acts import act_row
from clinic.models import Fact, JournalAct, JournalSeal
from clinic.services.acting import acting
from clinic.services.search_reads import search_reads
from tests.fixtures.house import log_in

AT = datetime(2026, 5, 5, 3, 30, tzinfo=UTC)  # 4 May, 22:30, by the practice's clock

SEEN = "INSERT INTO page (practice_id, at, staff_id, endpoint, patients, mac) VALUES (?, ?, ?, ?, ?, '')"


def act(practice, role: str, name: str, thing: str, number: int, at: datetime = AT) -> int:
    row = act_row(
        practice.row.id, at, practice.actor(role).staff_id, name, thing, number, digest=None, detail=f"made {number}"
    )
    db.session.add(row)
    db.session.commit()
    return row.id


def rows(client, address: str) -> list[str]:
    """The details of the acts that are shown."""
    answer = client.get(address)
    assert answer.status_code == 200
    return re.findall(r"<code>made (\d+)</code>", answer.get_data(as_text=True))


@pytest.fixture
def manager(client, practice):
    return log_in(client, practice.actor("manager"), practice)


def test_found_by_who_what_which_and_when(manager, practice) -> None:
    act(practice, "biller", "payer.write", "payer", 1)
    act(practice, "biller", "charge.write", "charge", 2, AT + timedelta(hours=3))
    act(practice, "manager", "payer.write", "payer", 3, AT + timedelta(days=2))
    biller = practice.actor("biller").staff_id
    for address, found in (
        ("", ["3", "2", "1"]),
        (f"?person={biller}", ["2", "1"]),
        ("?act=payer.write", ["3", "1"]),
        ("?thing=payer&number=3", ["3"]),
        ("?day=2026-05-04", ["1"]),
        ("?day=2026-05-05", ["2"]),
        (f"?person={biller}&act=payer.write&thing=payer&day=5/4/2026", ["1"]),
        ("?person=0", []),
    ):
        assert rows(manager, f"/house/journal{address}") == found, address
    empty = manager.get("/house/journal?day=2020-01-01").get_data(as_text=True)
    assert 'class="empty"' in empty


@pytest.mark.parametrize("query", ["day=sometime", "number=one", "person=x", "act=nothing", "thing=nothing"])
def test_what_cannot_be_searched_is_told_at_its_field(manager, query) -> None:
    answer = manager.get(f"/house/journal?{query}")
    assert answer.status_code == 422
    field = query.split("=", maxsplit=1)[0]
    assert f'id="{field}-wrong"' in answer.get_data(as_text=True)


def test_a_page_at_a_time_without_a_gap(manager, practice) -> None:
    for number in range(120):
        act(practice, "biller", "payer.write", "payer", number)
    found, address = [], "/house/journal?act=payer.write"
    for _page in range(5):
        page = manager.get(address).get_data(as_text=True)
        found += re.findall(r"<code>made (\d+)</code>", page)
        act(practice, "biller", "charge.write", "charge", 999)  # what comes meanwhile shifts nothing
        older = re.search(r'rel="next"[^>]*href="([^"]+)"', page)
        if older is None:
            break
        address = older[1].replace("&amp;", "&")
    assert found == [str(number) for number in reversed(range(120))]


def test_nothing_of_another_practice(manager, other_practice, practice) -> None:
    act(other_practice, "biller", "payer.write", "payer", 77)
    their_biller = other_practice.actor("biller").staff_id
    assert rows(manager, "/house/journal?act=payer.write") == []
    assert manager.get(f"/house/journal?person={their_biller}").status_code == 422
    with reads.opened() as connection:
        connection.execute(SEEN, (other_practice.row.id, AT.isoformat(timespec="microseconds"), 1, "theirs.show", "1"))
    assert "theirs.show" not in manager.get("/house/journal/reads").get_data(as_text=True)


def test_acts_of_one_person_that_may_be_wanted_apart(manager, practice) -> None:
    for role, name, number in (
        ("biller", "claim.code", 1),
        ("biller", "claim.review", 1),
        ("biller", "claim.code", 2),
        ("manager", "claim.review", 2),
    ):
        act(practice, role, name, "claim", number)
    page = manager.get("/house/journal?act=claim.review").get_data(as_text=True)
    first, second = re.findall(r"<tr>.*?</tr>", page[page.index("<tbody>") :], re.DOTALL)
    assert "made 2" in first
    assert 'data-severity="advise"' not in first
    assert 'data-severity="advise"' in second


def verdicts(page: str) -> list[str]:
    return re.findall(r'class="state verdict" data-severity="(\w+)"', page)


def tamper_edit() -> None:
    db.session.execute(update(JournalAct).values(detail="something else"))


def tamper_delete() -> None:
    db.session.execute(delete(JournalSeal).where(JournalSeal.sequence == 1))


def tamper_cut() -> None:
    last = db.session.scalar(select(JournalSeal).order_by(JournalSeal.sequence.desc()).limit(1))
    db.session.execute(delete(JournalSeal).where(JournalSeal.id == last.id))
    db.session.execute(delete(JournalAct).where(JournalAct.id == last.act_id))


@pytest.mark.parametrize("tamper", [tamper_edit, tamper_delete, tamper_cut])
def test_the_chain_is_verified_and_the_verdict_kept(manager, practice, tamper) -> None:
    for number in range(3):
        with acting(practice.actor("manager"), "payer.write") as work:
            work.journal("payer", number)
    assert verdicts(manager.get("/house/journal").get_data(as_text=True)) == []
    assert manager.post("/house/journal/verify").status_code == 303
    assert verdicts(manager.get("/house/journal").get_data(as_text=True)) == ["ok"]
    tamper()
    db.session.commit()
    manager.post("/house/journal/verify")
    assert verdicts(manager.get("/house/journal").get_data(as_text=True)) == ["block"]
    facts = db.session.query(Fact).filter_by(type="practice.journal_verified").order_by(Fact.sequence).all()
    assert [fact.body["verdicts"][0]["ok"] for fact in facts] == [True, False]
    assert facts[0].actor_id == practice.actor("manager").staff_id


def test_a_file_of_heads_that_cannot_be_read_is_one_sentence(manager, app, practice, tmp_path) -> None:
    manager.post("/house/printers/new", data={"name": "One"})
    (tmp_path / "instance" / "journal_heads.json").write_text("no heads", "ascii")
    answer = manager.post("/house/journal/verify")
    assert answer.status_code == 422


def test_reads_are_found_by_person_patient_and_day(manager, practice) -> None:
    biller, assistant = practice.actor("biller").staff_id, practice.actor("assistant").staff_id
    with reads.opened() as connection:
        for staff, patients, at in (
            (biller, "1 12", AT),
            (assistant, "112", AT + timedelta(hours=3)),
            (biller, "", AT + timedelta(days=9)),
        ):
            connection.execute(
                SEEN, (practice.row.id, at.isoformat(timespec="microseconds"), staff, "x.show", patients)
            )

    def found(query: str) -> int:
        answer = manager.get(f"/house/journal/reads{query}")
        assert answer.status_code == 200
        return answer.get_data(as_text=True).count("<code>x.show</code>")

    assert found("") == 3
    assert found("?patient=12") == 1
    assert found("?patient=2") == 0
    assert found(f"?person={biller}") == 2
    assert found("?day=2026-05-04") == 1
    assert found("?before=2") == 1
    assert manager.get("/house/journal/reads?patient=x").status_code == 422
    who = practice.actor("manager")
    assert [row.patients for row in search_reads(who, patient_id=112)] == [(112,)]
    assert [row.id for row in search_reads(who, limit=2)] == [3, 2]


def test_who_has_no_reads_yet(manager) -> None:
    assert 'class="empty"' in manager.get("/house/journal/reads").get_data(as_text=True)


def test_a_day_in_french(manager, practice) -> None:
    manager.post("/me/language", data={"language": "fr"})
    act(practice, "biller", "payer.write", "payer", 1)
    assert rows(manager, "/house/journal?day=04/05/2026") == ["1"]
