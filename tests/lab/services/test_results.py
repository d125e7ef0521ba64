"""Results of the house: entered with lot, control and qualification; told, reviewed, corrected."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from clinic.base import db
from clinic.domain.refusal import Refused
from clinic.services.acting import NotAllowed, Work
from clinic.services.find import Unknown
from lab.domain.ranges import Band
from lab.models import LabResult
from lab.services import result_lists
from lab.services.analytes import shipped_ranges
from lab.services.correct_result import correct_result
from lab.services.enter_result import enter_result
from lab.services.order_facts import order_of
from lab.services.order_facts import refold as refold_order
from lab.services.result_facts import project, standing_of
from lab.services.review_result import review_result
from lab.services.set_ranges import set_ranges
from lab.services.specimens import container_of
from lab.services.tell_critical import Heard, tell_critical, tell_patient
from tests.fixtures.house import NOW
from tests.lab.ordering import certify, make_laboratory
from tests.lab.resulting import DRAWN, LOT, able, container, control, drawn, make_lot, ready

HEARD = Heard(whom="provider", name="Anand Verma", way="phone", read_back=True)


@pytest.fixture
def who(practice):
    return practice.actor("assistant")


def enter(who, line, value="13.1", lot=LOT, **more) -> LabResult:
    return db.session.get_one(LabResult, enter_result(who, line.id, {"hemoglobin": value}, lot=lot, **more))


def refused(act, *given, **more) -> str | None:
    with pytest.raises(Refused) as told:
        act(*given, **more)
    return told.value.code or told.value.where


def test_a_result_is_reported_with_its_range_and_goes_to_line_and_container(practice, who) -> None:
    line = ready(practice)
    row = enter(who, line)
    assert row.values == [
        {
            "analyte": "Hemoglobin",
            "value": "13.1",
            "key": "hemoglobin",
            "loinc": "718-7",
            "unit": "g/dL",
            "range": "12–15.5",
        }
    ]
    assert (row.version, row.status, row.in_house, row.critical, row.source) == (1, "final", True, False, "bench")
    assert (row.performed_by, row.performed_at, line.state, line.resulted_at) == (who.staff_id, NOW, "final", NOW)
    assert container_of(container(line)).resulted == (("hgb_poc", NOW),)
    assert (row.kit_lot_id, row.specimen_id) == (1, container(line).id)
    assert not result_lists.to_enter(who)


@pytest.mark.parametrize(
    ("value", "flag", "critical"),
    [
        ("7.0", "LL", True),
        ("7.1", "L", False),
        ("11.9", "L", False),
        ("12", None, False),
        ("15.5", None, False),
        ("15.6", "H", False),
        ("20", "HH", True),
        (">25", "HH", True),
        ("<4", "LL", True),
    ],
)
def test_ends_of_a_range_are_usual_and_critical_limits_critical(practice, who, value, flag, critical) -> None:
    row = enter(who, ready(practice), value)
    assert (row.values[0].get("flag"), row.critical) == (flag, critical)


def test_nobody_passes_over_lot_control_and_qualification(practice, who) -> None:
    line = drawn(practice)
    assert refused(enter, who, line) == "not_qualified"
    able(practice, until=date(2026, 5, 5))
    assert refused(enter, who, line) == "qualification_ended"
    able(practice, until=date(2026, 5, 6))
    assert refused(enter, who, line, lot="") == "no_lot"
    assert refused(enter, who, line) == "unknown_lot"
    lot = make_lot(practice)
    assert refused(enter, who, line) == "control_due"
    control(practice, lot, "low")
    assert refused(enter, who, line) == "control_due"
    control(practice, lot, "high", passed=False)
    assert refused(enter, who, line) == "control_failed"
    control(practice, lot, "high")
    make_lot(practice, lot="OLD", expires_on=date(2026, 5, 5))
    assert refused(enter, who, line, lot="OLD") == "lot_expired"
    make_lot(practice, lot="SHUT", active=False)
    assert refused(enter, who, line, lot="SHUT") == "lot_closed"
    make_lot(practice, test="glucose_poc", lot="OTHER")
    assert refused(enter, who, line, lot="OTHER") == "wrong_lot"
    assert db.session.query(LabResult).count() == 0
    for role in ("manager", "provider"):
        assert refused(enter, practice.actor(role), line) == "not_qualified"
    assert enter(who, line).version == 1


def test_a_control_of_yesterday_is_not_enough_for_each_day(practice, who) -> None:
    able(practice)
    lot = make_lot(practice)
    control(practice, lot, at=NOW - timedelta(days=1))
    assert refused(enter, who, drawn(practice)) == "control_due"


def test_the_box_itself_may_be_scanned(practice, who) -> None:
    line = ready(practice)
    assert enter(who, line, lot=f"]d201003123456789061726123110{LOT}").kit_lot_id == 1


@pytest.mark.parametrize("value", ["", "much", "13.12", "27", "-1", "1e3"])
def test_what_is_no_value_is_refused_at_its_field_and_changes_nothing(practice, who, value) -> None:
    line = ready(practice)
    assert refused(enter, who, line, value) == "hemoglobin"
    assert (db.session.query(LabResult).count(), line.state) == (0, "active")


def test_times_before_the_draw_and_to_come_are_refused(practice, who) -> None:
    line = ready(practice)
    for at in (DRAWN - timedelta(seconds=1), NOW + timedelta(seconds=1)):
        assert refused(enter, who, line, performed_at=at) in {"performed", "control_due"}
    assert enter(who, line, performed_at=NOW - timedelta(minutes=0)).performed_at == NOW


def test_what_is_reported_is_not_entered_again(practice, who) -> None:
    line = ready(practice)
    enter(who, line)
    assert refused(enter, who, line) == "line_state"


def test_a_test_of_a_laboratory_is_not_entered_here(practice, who) -> None:
    line = drawn(practice, "cbc_diff", laboratory=make_laboratory(practice))
    assert refused(enter, who, line) == "not_in_house"


def test_microscopy_is_the_providers_and_uses_no_kit(practice, who) -> None:
    line = drawn(practice, "wet_mount", at=NOW - timedelta(minutes=5))
    said = {"yeast": "absent", "trichomonas": "present", "clue_cells": "absent", "white_cells": "few"}
    able(practice, "wet_mount")
    assert refused(enter_result, who, line.id, said) == "provider_only"
    able(practice, "wet_mount", role="provider")
    row = db.session.get_one(LabResult, enter_result(practice.actor("provider"), line.id, said))
    assert ([each.get("flag") for each in row.values], row.kit_lot_id) == ([None, "A", None, None], None)


def test_a_critical_value_stays_until_it_was_told_and_read_back(practice, who) -> None:
    row = enter(who, ready(practice), "6.1")
    assert [each.id for each in result_lists.to_tell(who)] == [row.id]
    assert refused(tell_critical, who, row.id, Heard(whom="provider", name="", way="phone", read_back=True)) == "name"
    unread = Heard(whom="provider", name="A. Verma", way="phone", read_back=False)
    assert refused(tell_critical, who, row.id, unread) == "read_back"
    assert refused(tell_critical, who, row.id, HEARD, NOW + timedelta(minutes=1)) == "future"
    tell_critical(who, row.id, HEARD)
    assert row.told_at == NOW
    assert row.told == {
        "whom": "provider",
        "name": "Anand Verma",
        "way": "phone",
        "read_back": True,
        "by": who.staff_id,
    }
    assert not result_lists.to_tell(who)
    assert refused(tell_critical, who, enter(who, drawn(practice)).id, HEARD) == "not_critical"


def test_a_correction_stands_beside_the_old_report(practice, who) -> None:
    old = enter(who, ready(practice), "6.1")
    provider = practice.actor("provider")
    review_result(provider, old.id)
    assert old.line.state == "reviewed"
    assert refused(correct_result, who, old.id, {"hemoglobin": "16.1"}, " ") == "reason"
    assert refused(correct_result, who, old.id, {"hemoglobin": "6.1"}, "typed wrong") == ""
    new = db.session.get_one(LabResult, correct_result(who, old.id, {"hemoglobin": "16.1"}, "typed wrong"))
    assert (new.version, new.status, new.reason, new.line.state) == (2, "corrected", "typed wrong", "corrected")
    assert (old.values[0]["value"], old.reviewed_at, old.told) == ("6.1", NOW, {"superseded": 2})
    assert (new.performed_at, new.kit_lot_id) == (old.performed_at, old.kit_lot_id)
    assert [row.id for row in result_lists.to_review(provider)] == [new.id]
    assert refused(review_result, provider, old.id) == "superseded"
    assert refused(correct_result, who, old.id, {"hemoglobin": "15"}, "again") == "superseded"


def test_reviewed_then_told(practice, who) -> None:
    row = enter(who, ready(practice))
    provider = practice.actor("provider")
    with pytest.raises(NotAllowed):
        review_result(who, row.id)
    review_result(provider, row.id)
    assert (row.reviewed_by, row.line.state) == (provider.staff_id, "reviewed")
    assert refused(review_result, provider, row.id) == "reviewed"
    tell_patient(who, row.id, "phone", "will come in May")
    assert (row.patient_told_at, row.line.state) == (NOW, "told")


def test_rows_are_what_their_facts_make(practice, who) -> None:
    old = enter(who, ready(practice), "6.1")
    tell_critical(who, old.id, HEARD)
    new = db.session.get_one(LabResult, correct_result(who, old.id, {"hemoglobin": "16.1"}, "typed wrong"))
    review_result(practice.actor("provider"), new.id)
    tell_patient(who, new.id, "phone")
    work = Work(who, "lab.result")
    for row in (old, new):
        again = LabResult(practice_id=row.practice_id, id=row.id)
        project(again, standing_of(work, row))
        for column in [each.name for each in LabResult.__table__.columns]:
            assert getattr(again, column) == getattr(row, column), column
    assert refold_order(work, new.line.order) == order_of(new.line.order)


def test_the_practice_says_what_is_usual_and_old_reports_keep_their_range(practice, who) -> None:
    before = enter(who, ready(practice), "12.5")
    known = next(each for each in result_bands() if each.sex == "F" and each.from_months == 216)
    bands = tuple(
        Band(sex="F", from_months=216, low="13", high="16", critical_low="8", critical_high="20")
        if each == known
        else each
        for each in result_bands()
    )
    manager = practice.actor("manager")
    assert refused(set_ranges, manager, "hgb_poc", "hemoglobin", bands, "") == "reason"
    crossed = (Band(low="9", high="8"),)
    assert refused(set_ranges, manager, "hgb_poc", "hemoglobin", crossed, "sheet") == "hemoglobin"
    set_ranges(manager, "hgb_poc", "hemoglobin", bands, "sheet of the meter")
    after = enter(who, drawn(practice), "12.5")
    assert [(row.values[0]["range"], row.values[0].get("flag")) for row in (before, after)] == [
        ("12–15.5", None),
        ("13–16", "L"),
    ]


def result_bands():
    return shipped_ranges()["hgb_poc"][0].bands


def test_nothing_of_another_practice(practice, other_practice, who) -> None:
    line = ready(practice)
    row = enter(who, line)
    stranger = other_practice.actor("assistant")
    for act in (
        lambda: enter_result(stranger, line.id, {}),
        lambda: correct_result(stranger, row.id, {}, "why"),
        lambda: tell_critical(stranger, row.id, HEARD),
        lambda: review_result(other_practice.actor("provider"), row.id),
        lambda: result_lists.results_of(stranger, row.patient_id),
    ):
        with pytest.raises(Unknown):
            act()
    assert not result_lists.to_review(other_practice.actor("provider"))
    certify(practice, "waived")
