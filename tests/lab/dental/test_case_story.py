"""A case is the fold of its facts; no sequence of acts gives two states or lets out what is not disinfected."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from clinic.domain.refusal import Refused
from clinic.domain.value import as_json
from lab.domain import dental_case_events as of
from lab.domain import dental_words
from lab.domain.biopsy_story import BODIES as BIOPSY_BODIES
from lab.domain.biopsy_story import biopsy_body
from lab.domain.container import NotPossible
from lab.domain.dental_case_refusals import CASE_WORDS, case_refused
from lab.domain.dental_case_story import ACTS, EVERY, UNDER_WAY, Told, after, begin, fold, last_to_undo, may, undone
from lab.domain.dental_prescription import checked
from lab.services.dental_tables import dental_work, remake_reasons
from tests.counts import count

SAMPLES = Path(__file__).parents[2] / "samples" / "facts"
AT = datetime(2026, 5, 6, 15, 0, tzinfo=UTC)
SEAT = date(2026, 5, 22)
ASKED = of.Prescription(
    laboratory_id=1, work="crown", record="impression", days=5, teeth=("3",), shade="A2", seat_on=SEAT
)


def opened(**asked) -> of.Opened:
    return of.Opened(at=AT, number="D1", patient_id=1, location_id=1, prescription=replace(ASKED, **asked))


def told(*acts, start=None):
    """The case after some acts, a minute apart."""
    standing = begin(start or opened())
    for minute, (type_, fields) in enumerate(acts, 1):
        body = of.BODIES[type_, 1](at=AT + timedelta(minutes=minute), **fields)
        standing = after(standing, type_, body, 1)
    return standing


CLEAN, SENT, BACK = ("case.disinfected", {}), ("case.sent", {}), ("case.returned", {"finished": True})
TO_TRY, TRIED, SEATED = ("case.returned", {"finished": False}), ("case.tried", {}), ("case.seated", {})


@pytest.mark.parametrize(("type_", "version"), sorted(of.BODIES | BIOPSY_BODIES))
def test_each_body_ever_written_loads(type_, version) -> None:
    kept = json.loads((SAMPLES / f"{type_}-{version}.json").read_text("utf-8"))
    body = (biopsy_body if type_.startswith("biopsy.") else of.case_body)(type_, version, kept)
    assert as_json(body) == kept


def test_every_sample_is_of_a_body() -> None:
    stored = {path.stem for pattern in ("case.*", "biopsy.*") for path in SAMPLES.glob(pattern)}
    assert stored == {f"{type_}-{version}" for type_, version in of.BODIES | BIOPSY_BODIES}


def test_every_fact_has_its_row_words_and_state() -> None:
    types = {type_ for type_, _ in of.BODIES}
    assert set(ACTS) == types - {"case.opened", "case.undone"}
    assert set(dental_words.FACTS) == types
    assert set(dental_words.STATES) == EVERY


def refusal(act, *before, start=None) -> str:
    with pytest.raises(NotPossible) as found:
        told(*before, act, start=start)
    case_refused(found.value)  # has words
    return found.value.code


def test_an_impression_does_not_leave_undisinfected() -> None:
    assert refusal(SENT) == "not_disinfected"
    assert told(CLEAN, SENT).state == "sent"


def test_a_scan_has_nothing_to_disinfect() -> None:
    scan = opened(record="scan")
    assert told(SENT, start=scan).state == "sent"
    assert refusal(CLEAN, start=scan) == "clean"


def test_what_was_tried_in_is_disinfected_again() -> None:
    before = (CLEAN, SENT, TO_TRY)
    assert refusal(SENT, *before) == "not_tried"
    assert refusal(SENT, *before, TRIED) == "not_disinfected"
    assert refusal(TRIED, *before, TRIED) == "tried"
    again = told(*before, TRIED, CLEAN, SENT, TO_TRY, TRIED, CLEAN, SENT, BACK, SEATED)
    assert (again.state, again.sends, again.try_ins) == ("seated", 3, 2)


def test_a_new_impression_is_to_be_disinfected_again() -> None:
    scanned = ("case.changed", {"prescription": replace(ASKED, record="scan")})
    pressed = ("case.changed", {"prescription": ASKED})
    assert told(CLEAN, scanned).soiled is False
    assert refusal(SENT, CLEAN, scanned, pressed) == "not_disinfected"


@pytest.mark.parametrize(
    ("acts", "due"),
    [
        ((), date(2026, 5, 15)),
        ((CLEAN, SENT), date(2026, 5, 21)),
        ((CLEAN, SENT, TO_TRY), date(2026, 5, 15)),
        ((CLEAN, SENT, BACK), SEAT),
        ((CLEAN, SENT, BACK, SEATED), None),
        ((("case.cancelled", {}),), None),
        ((("case.moved", {"seat_on": None}),), None),
        ((("case.moved", {"seat_on": date(2026, 6, 1)}),), date(2026, 5, 25)),
    ],
)
def test_the_day_that_counts(acts, due) -> None:
    assert told(*acts).due_on == due


def test_an_earlier_time_is_refused_but_a_note_may_come_late() -> None:
    sent = told(CLEAN, SENT)
    with pytest.raises(NotPossible) as found:
        after(sent, "case.returned", of.Returned(at=AT, finished=True), 1)
    assert found.value.code == "before_last"
    assert after(sent, "case.noted", of.Noted(at=AT, words="x"), 1).last_at == sent.last_at


def test_the_first_case_of_a_remake_is_kept() -> None:
    start = replace(opened(), remakes=4, first=2, remake_reason="shade_wrong")
    assert (begin(start).remakes, begin(start).first) == (4, 2)


KINDS = st.lists(
    st.sampled_from(
        [
            CLEAN,
            CLEAN,
            SENT,
            SENT,
            BACK,
            TO_TRY,
            TRIED,
            SEATED,
            ("case.changed", {"prescription": replace(ASKED, record="scan")}),
            ("case.changed", {"prescription": ASKED}),
            ("case.moved", {"seat_on": date(2026, 6, 1)}),
            ("case.remade", {"code": "shade_wrong", "remake_id": 9}),
            ("case.cancelled", {}),
            ("case.noted", {"words": "x"}),
            "undo",
        ]
    ),
    max_size=30,
)


@settings(max_examples=count(400, 30000), deadline=None)
@given(acts=KINDS, record=st.sampled_from(["impression", "scan"]))
def test_no_sequence_breaks_a_case(acts, record) -> None:
    first = opened(record=record)
    facts, standing = [Told("case.opened", first, 1)], begin(first)
    refusals: list[str | None] = []
    for minute, act in enumerate(acts, 1):
        at = AT + timedelta(minutes=minute)
        before = standing
        try:
            if act == "undo":
                facts.append(Told("case.undone", of.Undone(at=at, sequence=last_to_undo(facts)), 1))
                standing = fold(facts)
            else:
                type_, fields = act
                body = of.BODIES[type_, 1](at=at, **fields)
                standing = after(standing, type_, body, 1)
                facts.append(Told(type_, body, 1))
                assert may(before, type_)
                if type_ == "case.sent":
                    assert not before.soiled
                if before.state not in UNDER_WAY and type_ not in {"case.noted", "case.remade"}:
                    raise AssertionError(f"{type_} after {before.state}")
        except NotPossible as why:
            refusals.append(case_refused(why).code)  # has words
            assert standing is before
            continue
        assert standing.state in EVERY
        assert standing.sequence == len(facts)
        # one state: what only one of them has, only it has
        assert (standing.seated_at is not None) <= (standing.state in {"seated", "remade"})
        assert (standing.remake_id is not None) == (standing.state == "remade")
        assert standing.tried <= (standing.state in {"try_in", "cancelled", "remade"})
        assert (standing.state == "prepared") <= (standing.sends is None)
        assert (standing.due_on is not None) <= (standing.state in UNDER_WAY)
    assert fold(facts) == standing
    assert len(refusals) + len(facts) == len(acts) + 1
    assert len(undone(facts)) == sum(fact.type == "case.undone" for fact in facts)


def test_what_another_case_stands_on_is_not_taken_back() -> None:
    facts = [Told("case.opened", opened(), 1)]
    with pytest.raises(NotPossible) as found:
        last_to_undo(facts)
    assert found.value.code == "nothing_to_undo"
    for type_, fields in (
        CLEAN,
        SENT,
        ("case.remade", {"code": "other", "remake_id": 2}),
        ("case.noted", {"words": "x"}),
    ):
        facts.append(Told(type_, of.BODIES[type_, 1](at=AT, **fields), 1))
    with pytest.raises(NotPossible):
        last_to_undo(facts)


def test_words_stand_for_all_that_is_in_the_tables() -> None:
    assert {row.words for row in dental_work().values()} == dental_words.WORK
    assert {row.words for row in remake_reasons().values()} == dental_words.REASONS
    assert {each for row in dental_work().values() for each in row.materials} == set(dental_words.MATERIALS)
    assert {row.lies_with for row in remake_reasons().values()} == set(dental_words.LIES_WITH)
    assert {row.where for row in dental_work().values()} == {"teeth", "span", "arch", "arch_teeth"}
    assert all(CASE_WORDS.values())


@pytest.mark.parametrize(
    ("fields", "where"),
    [
        ({"work": "wings"}, "work"),
        ({"record": "rumour"}, "record"),
        ({"material": "wax"}, "material"),
        ({"teeth": ()}, "teeth"),
        ({"work": "bridge", "teeth": ("3",)}, "teeth"),
        ({"work": "bridge", "teeth": ("3", "5")}, "teeth"),
        ({"work": "denture"}, "jaw"),
        ({"work": "partial", "jaw": "upper", "teeth": ("20",)}, "teeth"),
        ({"work": "partial", "jaw": "upper", "teeth": ()}, "teeth"),
        ({"seat_on": date(2026, 5, 5)}, "seat_on"),
        ({"days": 121}, "days"),
        ({"shade": "A" * 21}, "shade"),
        ({"notes": "x" * 2001}, "notes"),
    ],
)
def test_what_is_asked_is_held_against_the_table(fields, where) -> None:
    with pytest.raises(Refused) as found:
        checked(replace(ASKED, **fields), dental_work(), date(2026, 5, 6))
    assert found.value.where == where


def test_what_a_kind_of_work_does_not_ask_is_left_out() -> None:
    guard = replace(ASKED, work="night_guard", jaw="upper", material="acrylic", shade="A2")
    kept = checked(guard, dental_work(), date(2026, 5, 6))
    assert (kept.teeth, kept.jaw, kept.shade) == ((), "upper", None)
    crown = checked(replace(ASKED, jaw="upper", notes="  "), dental_work(), date(2026, 5, 6))
    assert (crown.teeth, crown.jaw, crown.notes) == (("3",), None, None)
