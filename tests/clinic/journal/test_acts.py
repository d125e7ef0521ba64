"""The journal of acts: whatever raw SQL does to it is found, and writers neither fork the chain nor wait for it."""

import json
import random
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import text

from app import create_app
from clinic.base import db
from clinic.journal import seal as sealing
from clinic.journal.key import heads_file, read_heads
from clinic.journal.seal import chain_name, seal_acts
from clinic.journal.verify import verify
from clinic.models import JournalAct, JournalSeal
from clinic.services.acting import Actor, NotAllowed, acting
from tests.counts import count


def act(actor: Actor, number: int) -> None:
    with acting(actor, "claim.code") as work:
        work.journal("claim", number, detail="claim.changed")


def acted(practice, rows: int = 12) -> Actor:
    actor = practice.actor("biller")
    for number in range(1, rows + 1):
        act(actor, number)
    return actor


def verdict(practice):
    return next(each for each in verify() if each.chain == chain_name(practice.row.id))


def raw(sql: str, **values) -> None:
    db.session.commit()
    with db.engine.begin() as connection:
        if connection.dialect.name == "sqlite":
            connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
        connection.execute(text(sql), values)


def test_a_whole_chain(practice) -> None:
    acted(practice)
    assert seal_acts() == 12
    assert seal_acts() == 0
    told = verdict(practice)
    assert (told.ok, told.rows) == (True, 12)
    assert read_heads(heads_file())[chain_name(practice.row.id)].sequence == 12


def ids() -> list[int]:
    return sorted(db.session.scalars(db.select(JournalAct.id)))


TAMPERING = {
    "edit": lambda at: raw("UPDATE journal_act SET thing_id = 999 WHERE id = :at", at=at),
    "edit_time": lambda at: raw("UPDATE journal_act SET detail = NULL WHERE id = :at", at=at),
    "edit_hash": lambda at: raw("UPDATE journal_seal SET hash = 'x' WHERE act_id = :at", at=at),
    "delete_seal": lambda at: raw("DELETE FROM journal_seal WHERE act_id = :at", at=at),
    "renumber": lambda at: raw("UPDATE journal_seal SET sequence = sequence + 1000 WHERE act_id = :at", at=at),
}


@pytest.mark.parametrize("how", sorted(TAMPERING))
@pytest.mark.parametrize("place", [0, 5, 11])
def test_tampering_is_found_at_its_row(practice, how: str, place: int) -> None:
    acted(practice)
    seal_acts()
    at = ids()[place]
    TAMPERING[how](at)
    told = verdict(practice)
    assert not told.ok
    assert told.rows == place
    assert told.row in {at, place + 1}


def test_a_deleted_row_is_found(practice) -> None:
    acted(practice)
    seal_acts()
    at = ids()[4]
    raw("DELETE FROM journal_seal WHERE act_id = :at", at=at)
    raw("DELETE FROM journal_act WHERE id = :at", at=at)
    told = verdict(practice)
    assert (told.what, told.row) == ("deleted", 5)


def test_an_inserted_row_is_found_and_never_sealed(practice) -> None:
    acted(practice)
    seal_acts()
    raw(
        "INSERT INTO journal_act (id, practice_id, at, act, thing, thing_id, mac) "
        "SELECT 99999, practice_id, at, act, thing, thing_id, mac FROM journal_act WHERE id = :at",
        at=ids()[0],
    )
    raw("UPDATE journal_act SET thing_id = 4 WHERE id = 99999")
    assert seal_acts() == 0
    told = verdict(practice)
    assert (told.what, told.row) == ("inserted", 99999)


def test_two_rows_exchanged_are_found(practice) -> None:
    acted(practice)
    seal_acts()
    one, two = ids()[3], ids()[7]
    raw(
        "UPDATE journal_act SET thing_id = CASE id WHEN :one THEN (SELECT thing_id FROM journal_act WHERE id = :two) "
        "ELSE (SELECT thing_id FROM journal_act WHERE id = :one) END WHERE id IN (:one, :two)",
        one=one,
        two=two,
    )
    told = verdict(practice)
    assert (told.ok, told.row) == (False, one)


@pytest.mark.parametrize("kept", [0, 6, 11])
def test_a_cut_tail_is_found_by_the_kept_head(practice, kept: int) -> None:
    acted(practice)
    seal_acts()
    raw("DELETE FROM journal_seal WHERE sequence > :kept", kept=kept)
    raw("DELETE FROM journal_act WHERE id NOT IN (SELECT act_id FROM journal_seal)")
    told = verdict(practice)
    assert (told.what, told.row) == ("cut", kept + 1)


def test_random_changes_are_all_found(practice) -> None:
    acted(practice, 20)
    seal_acts()
    dice = random.Random(20261124)
    columns = {
        "act": "'x'",
        "thing": "'y'",
        "thing_id": "thing_id + 1",
        "actor_id": "NULL",
        "detail": "'z'",
        "mac": "'m'",
        "digest": "'d'",
    }
    for _ in range(count(15, 1000)):
        at, column = dice.choice(ids()), dice.choice(sorted(columns))
        before = db.session.execute(text(f"SELECT {column} FROM journal_act WHERE id = :at"), {"at": at}).scalar()
        raw(f"UPDATE journal_act SET {column} = {columns[column]} WHERE id = :at", at=at)
        assert verdict(practice).row == at
        raw(f"UPDATE journal_act SET {column} = :before WHERE id = :at", at=at, before=before)
        assert verdict(practice).ok


def test_an_act_without_a_row_is_not_kept(practice) -> None:
    with pytest.raises(RuntimeError), acting(practice.actor("biller"), "claim.code") as work:
        work.fact("claim", 1, "claim.opened", {})
    assert db.session.execute(text("SELECT count(*) FROM fact")).scalar() == 0


def test_who_may_not_writes_nothing(practice) -> None:
    with pytest.raises(NotAllowed), acting(practice.actor("assistant"), "claim.code"):
        pass
    assert db.session.query(JournalAct).count() == 0


def test_two_hundred_writers_neither_fork_nor_wait(app, practice, other_practice, database, tmp_path) -> None:
    """Writers of two practices beside a sealer that never rests; and two sealers that race at the end."""
    writers = 200
    actors = [practice.actor("biller"), other_practice.actor("biller")]
    db.session.commit()
    application = create_app(tmp_path / "instance", TESTING=True, SQLALCHEMY_DATABASE_URI=database)
    done = threading.Event()
    faults: list[BaseException] = []

    def seal_on() -> None:
        while not done.is_set():
            with application.app_context():
                try:
                    seal_acts()
                except BaseException as error:  # noqa: BLE001  reported below
                    faults.append(error)
                finally:
                    db.session.remove()

    def write(number: int) -> None:
        with application.app_context():
            try:
                act(actors[number % 2], number)
            finally:
                db.session.remove()

    sealers = [threading.Thread(target=seal_on) for _ in range(2)]
    for each in sealers:
        each.start()
    with ThreadPoolExecutor(16) as pool:
        list(pool.map(write, range(writers)))
    done.set()
    for each in sealers:
        each.join()
    assert faults == []
    with application.app_context():
        seal_acts()
        db.session.remove()
        db.engine.dispose()
    assert db.session.query(JournalSeal).count() == writers
    told = {each.chain: each for each in verify()}
    assert all(each.ok for each in told.values())
    assert sum(each.rows for each in told.values()) == writers


def test_a_sealer_that_lost_the_race_leaves_the_chain_alone(practice, monkeypatch) -> None:
    acted(practice, 3)
    seal_acts()
    acted(practice, 2)
    behind = db.session.query(JournalSeal).order_by(JournalSeal.sequence).first()
    real = sealing._join

    def late(practice_id: int):
        found = real(practice_id)
        db.session.add(
            JournalSeal(
                practice_id=practice_id,
                sequence=900,
                act_id=behind.act_id,
                previous=behind.previous,
                hash="h",
                sealed_at=behind.sealed_at,
            )
        )
        return found

    monkeypatch.setattr(sealing, "_join", late)
    assert seal_acts() == 0
    monkeypatch.undo()
    assert seal_acts() == 2
    assert verdict(practice).ok


def test_the_command_names_the_row(app, practice) -> None:
    acted(practice)
    runner = app.test_cli_runner()
    assert runner.invoke(args=["journal", "verify", "--json"]).exit_code == 0
    at = ids()[2]
    TAMPERING["edit"](at)
    answer = runner.invoke(args=["journal", "verify", "--json"])
    assert answer.exit_code == 1
    said = [json.loads(line) for line in answer.output.splitlines()]
    assert [(each["what"], each["row"]) for each in said if not each["ok"]] == [("edited", at)]


def test_a_head_file_that_is_none_is_one_sentence(app, practice, tmp_path) -> None:
    wrong = tmp_path / "heads"
    wrong.write_text("no heads here")
    answer = app.test_cli_runner().invoke(args=["journal", "verify", "--head", str(wrong)])
    assert answer.exit_code == 2
    assert len(answer.output.splitlines()) == 1
