"""Every sample of tests/samples/replays, played and compared with what was worked out by hand."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import msgspec
import pytest
from flask import Flask
from sqlalchemy import select

from clinic.base import db
from clinic.domain.refusal import Refused
from clinic.services.acting import NotAllowed, acting
from clinic.settings import ROOT
from lab.domain.refusals import WORDS
from lab.domain.replay_event import CARDS, VERBS
from lab.domain.replay_file import read_replay
from lab.models import LabOrder, LabResult, Specimen
from lab.services.collect import collect
from lab.services.order_facts import order_of, refold
from lab.services.replay import play
from lab.services.replay_acts import ACTS
from lab.services.scratch_bench import own_bench, scratch_bench, scratch_database
from lab.services.shipped import shipped
from tests.counts import count
from tests.fixtures.house import NOW
from tests.fixtures.people import Practice, make_patient
from tests.lab.ordering import make_laboratory
from tests.lab.things import plan_container

SAMPLES = sorted((ROOT / "tests" / "samples" / "replays").glob("*.json"))


@pytest.fixture(scope="module")
def scratch() -> Iterator[None]:
    """One scratch database for all samples, each with a practice of its own."""
    import billing.models  # noqa: F401  its tables
    import lab.rights  # noqa: F401
    from billing.coding.lab_charges import lab_charges
    from lab.ports import fill

    fill(charges=lab_charges)
    with scratch_database():
        yield


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_the_answer_is_the_one_worked_out_by_hand(path: Path, scratch: None) -> None:
    sample = json.loads(path.read_text(encoding="utf-8"))
    file = read_replay(path.read_bytes(), path.name)
    answer = json.loads(msgspec.json.encode(play(file, shipped(), scratch_bench(file.timezone))))
    for part in ("use_by", "flags", "next", "refused", "charges"):
        assert sorted(map(json.dumps, answer[part])) == sorted(map(json.dumps, sample["out"][part])), part


def codes_of(step_folder: Path) -> set[str]:
    """Every code that a step can raise, as its file writes it."""
    found = "".join(path.read_text(encoding="utf-8") for path in step_folder.glob("*.py"))
    return set(re.findall(r'"([A-Z]+_[A-Z]+|EXPIRED)"', found))


def test_the_page_names_every_verb_flag_and_refusal() -> None:
    page = (ROOT / "docs" / "replay.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`([A-Za-z_]+)`", page))
    assert set(VERBS) <= named
    assert codes_of(ROOT / "lab" / "steps") <= named
    assert set(WORDS) <= named
    assert set(ACTS) - set(CARDS.values()) <= set(VERBS)


def test_its_example_is_answered_as_it_says(scratch: None) -> None:
    page = (ROOT / "docs" / "replay.md").read_text(encoding="utf-8")
    given, answered = re.findall(r"```json\n(.*?)```", page, re.DOTALL)
    file = read_replay(given.encode())
    answer = play(file, shipped(), scratch_bench(file.timezone))
    assert json.loads(msgspec.json.encode(answer)) == json.loads(answered)


def test_every_verb_and_refusal_is_in_a_sample() -> None:
    samples = [json.loads(path.read_text(encoding="utf-8")) for path in SAMPLES]
    verbs = {event.get("do") for sample in samples for event in sample["in"]["events"]}
    whys = {each["why"] for sample in samples for each in sample["out"]["refused"]}
    assert set(VERBS) <= verbs
    assert set(WORDS) <= whys


@pytest.mark.parametrize("noise", range(count(6, 200)))
def test_events_in_any_order_are_answered(noise: int, scratch: None) -> None:
    chance = random.Random(noise)
    sample = json.loads((ROOT / "tests/samples/replays/79-a-morning.json").read_text(encoding="utf-8"))["in"]
    chance.shuffle(sample["events"])
    file = read_replay(json.dumps(sample).encode())
    answer = play(file, shipped(), scratch_bench(file.timezone))
    assert len(answer.refused) < len(sample["events"])


def test_what_is_kept_stays_in_the_practice(app: Flask, practice: Practice) -> None:
    make_patient(practice)
    kept = {
        "timezone": "America/Chicago",
        "tests": {"T1": ["cmp"]},
        "patients": {"T1": "000001"},
        "events": [
            {"t": "2026-05-06T08:00", "do": "collected", "container": "T1", "volume_ml": 5},
            {"t": "2026-05-06T09:00", "do": "aliquoted", "container": "T1", "child": "A", "volume_ml": 9},
            {"t": "2026-05-06T09:00", "do": "aliquoted", "container": "T1", "child": "A", "volume_ml": 1},
        ],
    }
    actor = practice.actor("assistant")
    answer = play(read_replay(json.dumps(kept).encode()), shipped(), own_bench(actor))
    assert [each.why for each in answer.refused] == ["volume"]
    rows = db.session.scalars(select(Specimen).order_by(Specimen.id)).all()
    assert [(row.state, row.remaining_ul) for row in rows] == [("collected", 4000), ("collected", 1000)]
    assert all(row.number.startswith("C0") for row in rows)


def test_results_that_are_kept_are_reports_of_orders_taken_over(app: Flask, practice: Practice) -> None:
    make_patient(practice)
    make_laboratory(practice)
    told = [
        ("08:00", "collected", {"container": "T1"}),
        ("08:00", "labeled", {"container": "T1"}),
        ("08:05", "collected", {"container": "F1", "method": "capillary"}),
        ("08:06", "result", {"container": "F1", "test": "hgb_poc", "value": "6.4", "unit": "g/dL"}),
        ("08:07", "corrected", {"container": "F1", "test": "hgb_poc", "value": "16.4", "reason": "a one was lost"}),
        ("08:08", "result", {"container": "F1", "test": "hgb_poc", "value": "12.1"}),
        ("08:09", "corrected", {"container": "T1", "test": "cbc_diff", "value": "7", "reason": "never reported"}),
        ("08:20", "packed", {"container": "T1", "package": "P1"}),
        ("08:30", "handed_over", {"package": "P1"}),
        ("09:00", "result", {"container": "T1", "test": "cbc_diff", "value": "see the report"}),
    ]
    kept = {
        "timezone": "America/Chicago",
        "tests": {"T1": ["cbc_diff"], "F1": ["hgb_poc"]},
        "patients": {"T1": "000001", "F1": "000001"},
        "events": [{"t": f"2026-05-06T{at}", "do": do, **more} for at, do, more in told],
    }
    answer = play(read_replay(json.dumps(kept).encode()), shipped(), own_bench(practice.actor("assistant")))
    assert [(each.event, each.why) for each in answer.refused] == [(6, "state")]
    rows = db.session.scalars(select(LabResult).order_by(LabResult.id)).all()
    assert [(row.line.test_key, row.version, row.status, row.values[0]["value"], row.source) for row in rows] == [
        ("hgb_poc", 1, "final", "6.4", "replay"),
        ("hgb_poc", 2, "corrected", "16.4", "replay"),
        ("hgb_poc", 1, "final", "12.1", "replay"),
        ("cbc_diff", 1, "final", "see the report", "replay"),
    ]
    assert [(row.critical, row.values[0].get("flag")) for row in rows[:2]] == [(True, "LL"), (False, "H")]
    assert rows[1].reason == "a one was lost"
    assert rows[3].line.sent_on == date(2026, 5, 6)
    assert {row.line.order.state for row in rows} == {"signed"}
    assert {row.line.order.provider_id for row in rows} == {None}
    for order in db.session.scalars(select(LabOrder)):
        with acting(practice.actor("assistant"), "lab.work") as work:
            assert refold(work, order) == order_of(order)
            work.journal("lab_order", order.id)


def test_pieces_of_a_kit_that_is_kept_share_their_order(app: Flask, practice: Practice) -> None:
    make_patient(practice)
    pieces = ["A", "B", "C", "D"]
    kept = {
        "timezone": "America/Chicago",
        "tests": {each: ["igra_tb"] for each in pieces},
        "patients": dict.fromkeys(pieces, "000001"),
        "sets": [pieces],
        "events": [{"t": "2026-05-06T08:00", "do": "collected", "container": "A"}],
    }
    play(read_replay(json.dumps(kept).encode()), shipped(), own_bench(practice.actor("assistant")))
    assert len(db.session.scalars(select(LabOrder)).all()) == 1
    assert len({row.tests[0].line_id for row in db.session.scalars(select(Specimen))}) == 1


def test_who_may_not_work_at_the_bench_keeps_nothing(app: Flask, practice: Practice) -> None:
    make_patient(practice)
    file = {"timezone": "UTC", "tests": {"T1": ["cmp"]}, "patients": {"T1": "000001"}, "events": []}
    with pytest.raises(NotAllowed):
        play(read_replay(json.dumps(file).encode()), shipped(), own_bench(practice.actor("biller")))
    assert not db.session.scalars(select(Specimen)).all()


def test_a_chart_number_nobody_has_is_refused_whole(app: Flask, practice: Practice) -> None:
    file = {"timezone": "UTC", "tests": {"T1": ["cmp"]}, "patients": {"T1": "nobody"}, "events": []}
    with pytest.raises(Refused):
        play(read_replay(json.dumps(file).encode()), shipped(), own_bench(practice.actor("assistant")))


def test_the_command_changes_nothing_of_the_practice(app: Flask, practice: Practice) -> None:
    run = app.test_cli_runner().invoke(args=["lab", "replay", str(SAMPLES[0]), "--json"])
    assert run.exit_code == 0, run.output
    assert json.loads(run.stdout) == json.loads(SAMPLES[0].read_text(encoding="utf-8"))["out"]
    assert not db.session.scalars(select(Specimen)).all()


def test_an_unknown_test_is_refused_with_two(app: Flask, tmp_path: Path) -> None:
    path = tmp_path / "odd.json"
    path.write_text('{"timezone": "UTC", "tests": {"T1": ["no_such"]}, "events": []}', encoding="utf-8")
    run = app.test_cli_runner().invoke(args=["lab", "replay", str(path)])
    assert run.exit_code == 2
    assert "Traceback" not in run.output


def test_due_lists_the_nearest_first(app: Flask, practice: Practice) -> None:
    patient = make_patient(practice)
    later, sooner = (plan_container(practice, patient) for _ in range(2))
    collect(practice.actor("assistant"), later.id, NOW - timedelta(minutes=40))
    collect(practice.actor("assistant"), sooner.id, NOW - timedelta(minutes=130))
    run = app.test_cli_runner().invoke(args=["lab", "due", "--json", "--practice", practice.row.name])
    rows = [json.loads(line) for line in run.stdout.splitlines()]
    assert [(row["container"], row["step"], row["late"]) for row in rows] == [
        (sooner.number, "spin", True),
        (later.number, "spin", False),
    ]


def test_there_are_enough_of_them() -> None:
    assert len(SAMPLES) >= 60
