"""Cases as rows: what each act leaves, what is refused, remakes, days, queues, the migration."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from flask_migrate import downgrade, upgrade
from msgspec.structs import replace
from sqlalchemy import select, text

from clinic import queues
from clinic.base import db
from clinic.domain.refusal import Refused
from clinic.models import Fact, JournalAct
from clinic.services.acting import NotAllowed
from clinic.services.changing import Overtaken, print_of
from clinic.services.find import Unknown
from lab.domain.dental_case_story import fold
from lab.models import DentalCase
from lab.services.case_facts import THING, case_by_number, case_of, told_of
from lab.services.case_lists import listed_cases
from lab.services.change_case import change_case, move_seat_visit, note_case
from lab.services.end_case import cancel_case, undo_case
from lab.services.open_case import open_case
from lab.services.remake_case import remake_case
from lab.services.send_case import disinfect_case, return_case, seat_case, send_case, try_case_in
from tests.fixtures.house import NOW
from tests.fixtures.people import make_patient
from tests.lab.boxes import make_laboratory
from tests.lab.dental_things import SEAT, asked_of, make_case, make_dental_laboratory


def code(call, *arguments, **named) -> str | None:
    with pytest.raises(Refused) as told:
        call(*arguments, **named)
    return told.value.code


def again(row) -> DentalCase:
    db.session.expire_all()
    return db.session.get_one(DentalCase, row.id)


def test_from_opening_to_seating_each_act_leaves_fact_journal_and_row(practice) -> None:
    who, row = practice.actor("assistant"), make_case(practice)
    disinfect_case(who, row.id, "0.5 %  hypochlorite")
    send_case(who, row.id, "Loons", "LN 1")
    return_case(who, row.id, finished=False)
    try_case_in(practice.actor("provider"), row.id, "contact open")
    disinfect_case(who, row.id)
    send_case(who, row.id)
    return_case(who, row.id, finished=True, lot="Z 4410")
    note_case(who, row.id, "in the blue box")
    seat_case(practice.actor("provider"), row.id)
    row = again(row)
    case = case_of(row)
    assert (row.state, row.due_at, case.lot, case.sends, case.try_ins) == ("seated", None, "Z 4410", 2, 1)
    assert case.disinfected_by == who.staff_id
    assert fold(told_of(row)) == case
    facts = db.session.scalars(select(Fact).where(Fact.thing == THING).order_by(Fact.sequence)).all()
    acts = db.session.scalars(select(JournalAct).where(JournalAct.thing == THING).order_by(JournalAct.id)).all()
    assert [fact.type for fact in facts] == [act.detail for act in acts]
    assert len(facts) == row.sequence == 10


def test_its_day_is_the_end_of_the_day_where_it_is(practice) -> None:
    row = make_case(practice)
    assert row.due_at == datetime(2026, 5, 16, 5, 0, tzinfo=UTC)  # the midnight after the 15th in Chicago
    move_seat_visit(practice.actor("assistant"), row.id, None)
    assert again(row).due_at is None


def test_an_undisinfected_impression_is_refused_and_changes_nothing(practice) -> None:
    row = make_case(practice)
    assert code(send_case, practice.actor("assistant"), row.id) == "not_disinfected"
    assert (again(row).state, row.sequence) == ("prepared", 1)


def test_the_shade_may_wait_until_it_is_sent(practice) -> None:
    who, row = practice.actor("assistant"), make_case(practice, shade=None)
    disinfect_case(who, row.id)
    assert code(send_case, who, row.id) == "shade"
    asked = case_of(again(row)).prescription
    change_case(who, row.id, replace(asked, shade="A2"), print_of(asked))
    send_case(who, row.id)
    assert again(row).state == "sent"


def test_of_two_who_change_it_the_second_is_told(practice) -> None:
    who, row = practice.actor("assistant"), make_case(practice)
    asked = case_of(row).prescription
    seen = print_of(asked)
    change_case(who, row.id, replace(asked, shade="B1"), seen)
    with pytest.raises(Overtaken):
        change_case(who, row.id, replace(asked, shade="C1"), seen)
    assert case_of(again(row)).prescription.shade == "B1"


def test_a_remake_names_the_case_it_replaces_and_the_first(practice) -> None:
    who, row = practice.actor("assistant"), make_case(practice)
    assert code(remake_case, who, row.id, "shade_wrong") == "case_state"
    disinfect_case(who, row.id)
    send_case(who, row.id)
    return_case(who, row.id, finished=True)
    second = case_by_number(who, remake_case(who, row.id, "shade_wrong", "A3 came", seat_on=SEAT))
    assert (again(row).state, case_of(again(row)).remake_id) == ("remade", second.id)
    new = case_of(second)
    assert (second.remakes_id, new.first, new.remake_reason, new.state) == (row.id, row.id, "shade_wrong", "prepared")
    assert new.soiled  # a new impression
    disinfect_case(who, second.id)
    send_case(who, second.id)
    third = case_by_number(who, remake_case(who, second.id, "other", "lost", record="scan"))
    assert (case_of(third).first, third.remakes_id, case_of(third).soiled) == (row.id, second.id, False)
    assert code(undo_case, who, second.id, "no") == "nothing_to_undo"


def test_another_reason_needs_words_and_a_reason_must_be_one(practice) -> None:
    who, row = practice.actor("assistant"), make_case(practice)
    disinfect_case(who, row.id)
    send_case(who, row.id)
    assert code(remake_case, who, row.id, "other") == "reason"
    assert code(remake_case, who, row.id, "boredom", "x") is None
    assert db.session.query(DentalCase).count() == 1


def test_the_last_act_is_taken_back_with_its_reason(practice) -> None:
    who, row = practice.actor("assistant"), make_case(practice)
    disinfect_case(who, row.id)
    send_case(who, row.id)
    note_case(who, row.id, "rang them")
    assert code(undo_case, who, row.id, " ") == "reason"
    undo_case(who, row.id, "it is still here")
    assert (again(row).state, case_of(row).soiled) == ("prepared", False)
    undo_case(who, row.id, "nor disinfected")
    assert case_of(again(row)).soiled
    assert code(undo_case, who, row.id, "more") == "nothing_to_undo"
    assert fold(told_of(row)) == case_of(row)


def test_times_to_come_and_times_before_are_refused(practice) -> None:
    who, row = practice.actor("assistant"), make_case(practice)
    assert code(disinfect_case, who, row.id, at=NOW + timedelta(seconds=1)) == "future"
    assert code(disinfect_case, who, row.id, at=NOW - timedelta(seconds=1)) == "before_last"


def test_what_cannot_be_is_refused(practice, other_practice) -> None:
    who, lab = practice.actor("assistant"), make_dental_laboratory(practice)
    patient, place = make_patient(practice), practice.location.id
    medical = make_laboratory(practice, "Harbor Reference", result_days=3)
    theirs = make_dental_laboratory(other_practice)
    for wrong in (medical, theirs):
        assert code(open_case, who, patient.id, place, asked_of(wrong)) == "laboratory"
    with pytest.raises(Refused):
        open_case(who, patient.id, place, asked_of(lab, seat_on=date(2026, 5, 5)))
    with pytest.raises(NotAllowed):
        open_case(practice.actor("biller"), patient.id, place, asked_of(lab))
    stranger = make_case(other_practice, theirs)
    with pytest.raises(Unknown):
        seat_case(who, stranger.id)
    assert code(cancel_case, who, make_case(practice, lab, patient).id, "") == "reason"


def near(practice) -> queues.QueueState:
    return queues.states([queues.QUEUES["cases"]], practice.actor("assistant"))["cases"]


def test_the_queue_counts_what_is_near_late_or_without_a_day(practice) -> None:
    who, lab = practice.actor("assistant"), make_dental_laboratory(practice)
    make_case(practice, lab)  # leaves on the 15th: not yet
    assert near(practice).count == 0
    make_case(practice, lab, seat_on=None)
    late = make_case(practice, lab, seat_on=date(2026, 5, 12))  # should have left on the 5th
    state = near(practice)
    assert (state.count, state.late) == (2, 1)
    page = listed_cases(who)
    assert [each.row.id for each in page.rows if each.late] == [late.id]
    assert page.counts == {"near": 2, "all": 3, "done": 0}
    cancel_case(who, late.id, "not wanted")
    assert (near(practice).late, listed_cases(who, "done").total) == (0, 1)


def test_the_last_moment_of_its_day_is_in_time(app, practice) -> None:
    make_case(practice, seat_on=date(2026, 5, 13))  # leaves by the 6th, which is today
    assert near(practice).late == 0
    midnight = datetime(2026, 5, 7, 5, 0, tzinfo=UTC)
    app.config["CABINET_CLOCK"] = lambda: midnight + timedelta(seconds=1)
    assert near(practice).late == 1


def test_the_tables_go_down_and_up(practice) -> None:
    make_case(practice)
    db.session.remove()
    downgrade(revision="0006")
    names = set(db.session.scalars(text("SELECT name FROM sqlite_master"))) if db.engine.name == "sqlite" else set()
    assert not {"dental_case", "biopsy", "biopsy_image"} & names
    db.session.remove()
    upgrade()
    assert db.session.query(DentalCase).count() == 0
    assert make_case(practice, make_dental_laboratory(practice, "Second")).number == "D000002"
