"""Teeth by the Universal system, and working days."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clinic.domain.refusal import Refused
from lab.domain.tooth import ALL, arch_of, read_teeth, shown_teeth, side_by_side
from lab.domain.working_days import working_days_before
from tests.counts import count


@pytest.mark.parametrize(
    ("text", "teeth"),
    [
        ("3", ("3",)),
        ("3-5", ("3", "4", "5")),
        ("#8, 9 ; 3–4", ("3", "4", "8", "9")),
        ("03", ("3",)),
        ("a, C-d", ("A", "C", "D")),
        ("T, 32, 1, 1", ("1", "32", "T")),
        ("15-16", ("15", "16")),
        (" ", ()),
    ],
)
def test_teeth_as_they_are_typed(text, teeth) -> None:
    assert read_teeth(text) == teeth


@pytest.mark.parametrize(
    "text", ["0", "33", "U", "3-", "-5", "3--5", "16-17", "5-3", "J-K", "3,,4", "3 4", "Ｔ", "x" * 201]
)
def test_what_is_no_list_of_teeth_is_refused_at_its_field(text) -> None:
    with pytest.raises(Refused) as told:
        read_teeth(text, "teeth")
    assert told.value.where == "teeth"


@settings(max_examples=count(200, 20000), deadline=None)
@given(st.sets(st.sampled_from(ALL), max_size=12))
def test_what_is_shown_reads_as_it_was(teeth) -> None:
    kept = tuple(tooth for tooth in ALL if tooth in teeth)
    assert read_teeth(shown_teeth(kept)) == kept


@settings(max_examples=count(300, 50000), deadline=None)
@given(st.text(max_size=40))
def test_any_text_gives_teeth_or_a_refusal(text) -> None:
    with suppress(Refused):
        assert set(read_teeth(text)) <= set(ALL)


def test_a_bridge_spans_neighbours_of_one_jaw() -> None:
    assert side_by_side(("3", "4", "5"))
    assert side_by_side(("16", "17")) is False
    assert side_by_side(("3", "5")) is False
    assert side_by_side(("3",)) is False
    assert side_by_side(("16", "A")) is False
    assert [arch_of(tooth) for tooth in ("1", "16", "17", "32", "A", "K")] == [
        "upper", "upper", "lower", "lower", "upper", "lower",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("day", "days", "before"),
    [
        ("2026-05-22", 5, "2026-05-15"),  # a Friday, a week before
        ("2026-05-25", 1, "2026-05-22"),  # a Monday: the Friday
        ("2026-05-24", 1, "2026-05-22"),  # a Sunday: the Friday
        ("2026-05-24", 0, "2026-05-22"),
        ("2026-05-22", 0, "2026-05-22"),
        ("2026-05-24", 2, "2026-05-21"),
        ("2026-05-20", 10, "2026-05-06"),
    ],
)
def test_working_days(day, days, before) -> None:
    assert working_days_before(date.fromisoformat(day), days) == date.fromisoformat(before)


@settings(max_examples=count(200, 20000), deadline=None)
@given(st.dates(date(2020, 1, 1), date(2040, 1, 1)), st.integers(0, 60))
def test_so_many_working_days_lie_between(day, days) -> None:
    found = working_days_before(day, days)
    assert found.weekday() < 5
    between = [found + timedelta(days=each) for each in range((day - found).days)]
    assert sum(each.weekday() < 5 for each in between) == (days if day.weekday() < 5 else max(days, 1))
