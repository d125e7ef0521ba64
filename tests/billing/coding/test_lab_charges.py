"""What the bench did and what is billed for it."""

from __future__ import annotations

from datetime import date

import pytest

from billing.coding.lab_charges import WITHOUT_QW, lab_charges
from lab.domain.charges import LabFact

ON = date(2026, 5, 4)


def drawn(how: str = "venipuncture", visit: str = "1", **more) -> LabFact:
    return LabFact(visit=visit, on=ON, drawn=how, **more)


def run(*codes: str, visit: str = "1", on: date = ON, **more) -> LabFact:
    return LabFact(visit=visit, on=on, test="a", procedures=codes, **more)


def lines(*facts: LabFact) -> list[tuple[str, tuple[str, ...], int]]:
    return [(charge.code, charge.modifiers, charge.units) for charge in lab_charges(facts)]


def test_one_venipuncture_a_visit_however_many_tubes() -> None:
    assert lines(drawn(), drawn(), drawn()) == [("36415", (), 1)]
    assert [charge.visit for charge in lab_charges([drawn(), drawn(visit="2")])] == ["1", "2"]


def test_a_finger_stick_is_a_draw_of_its_own() -> None:
    assert lines(drawn("capillary"), drawn()) == [("36416", (), 1), ("36415", (), 1)]


def test_the_draw_is_for_all_its_tubes_are_for() -> None:
    [charge] = lab_charges([drawn(diagnoses=("E119",)), drawn(diagnoses=("I10", "E119"))])
    assert charge.diagnoses == ("E119", "I10")


@pytest.mark.parametrize("code", sorted(WITHOUT_QW))
def test_nine_numbers_take_no_qw(code) -> None:
    assert lines(run(code, waived=True)) == [(code, (), 1)]


def test_a_waived_test_in_house_bears_qw() -> None:
    assert lines(run("83036", waived=True)) == [("83036", ("QW",), 1)]
    assert lines(run("80053")) == [("80053", (), 1)]


def test_targets_are_distinct_and_repeats_are_repeats() -> None:
    assert lines(run("87804", waived=True, targets=2)) == [("87804", ("QW",), 1), ("87804", ("QW", "59"), 1)]
    assert lines(run("82962"), run("82962")) == [("82962", (), 1), ("82962", ("91",), 1)]
    assert lines(run("82962"), run("82962", on=date(2026, 5, 5))) == [("82962", (), 1), ("82962", (), 1)]


def test_what_another_laboratory_ran_bears_90_and_never_qw() -> None:
    assert lines(run("83036", waived=True, outside=True)) == [("83036", ("90",), 1)]


def test_another_site_is_distinct_and_the_same_one_a_repeat() -> None:
    left, right = run("87220", site="left foot"), run("87220", site="right foot")
    assert lines(left, right) == [("87220", (), 1), ("87220", ("59",), 1)]
    assert lines(left, right, left) == [("87220", (), 1), ("87220", ("59",), 1), ("87220", ("91",), 1)]
    assert lines(left, run("87220")) == [("87220", (), 1), ("87220", ("91",), 1)]
    assert lines(run("87220"), left) == [("87220", (), 1), ("87220", ("91",), 1)]


def test_a_repeat_of_two_targets() -> None:
    flu = run("87804", waived=True, targets=2)
    assert [modifiers for _, modifiers, _ in lines(flu, flu)] == [("QW",), ("QW", "59"), ("QW", "91"), ("QW", "59")]


def test_a_notice_is_told_by_modifiers_or_keeps_the_line_off_claims() -> None:
    assert lines(run("83036", waived=True, notice="ask_payer")) == [("83036", ("QW", "GA"), 1)]
    assert lines(run("83036", outside=True, notice="ask_payer", excluded=True)) == [("83036", ("90", "GX", "GY"), 1)]
    mine, theirs = lab_charges([run("83036", notice="self_pay"), run("83036")])
    assert (mine.self_pay, mine.modifiers) == (True, ())
    assert (theirs.self_pay, theirs.modifiers) == (False, ()), "it is no repeat of what no claim bears"
