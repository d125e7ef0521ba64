"""The level of an office visit: every edge of its tables, and what holds whatever is documented."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import fields, replace

from billing.coding.level import words
from billing.coding.level.decision import of_data, of_elements, of_problems, of_risk
from billing.coding.level.documented import Data, Documented, Problems
from billing.coding.level.level import CODES, level_of
from billing.coding.level.minutes import least_minutes, of_minutes, prolonged_units
from billing.coding.level.patient import Seen, kind_of, since
from billing.coding.level.same_day import beside
from tests.counts import count

KINDS = ("new", "established")
RISKS = (None, "minimal", "low", "moderate", "high")


@pytest.mark.parametrize(
    ("patient", "minutes", "level"),
    [
        ("new", None, None), ("new", 0, None), ("new", 14, None), ("new", 15, 2), ("new", 29, 2), ("new", 30, 3),
        ("new", 44, 3), ("new", 45, 4), ("new", 59, 4), ("new", 60, 5), ("new", 74, 5), ("new", 240, 5),
        ("established", 9, None), ("established", 10, 2), ("established", 19, 2), ("established", 20, 3),
        ("established", 29, 3), ("established", 30, 4), ("established", 39, 4), ("established", 40, 5),
        ("established", 54, 5), ("established", 300, 5),
    ],
)  # fmt: skip
def test_minutes(patient, minutes, level) -> None:
    assert of_minutes(patient, minutes) == level
    if level:
        assert of_minutes(patient, least_minutes(patient, level)) == level
        assert of_minutes(patient, least_minutes(patient, level) - 1) == (level - 1 if level > 2 else None)


@pytest.mark.parametrize(
    ("patient", "minutes", "units"),
    [
        ("new", None, 0), ("new", 74, 0), ("new", 75, 0), ("new", 88, 0), ("new", 89, 1), ("new", 103, 1),
        ("new", 104, 2), ("new", 118, 2), ("new", 119, 3), ("established", 68, 0), ("established", 69, 1),
        ("established", 83, 1), ("established", 84, 2), ("established", 98, 2), ("established", 99, 3),
    ],
)  # fmt: skip
def test_prolonged(patient, minutes, units) -> None:
    """As the fact sheet of CMS lists them."""
    assert prolonged_units(patient, minutes) == units


@pytest.mark.parametrize(
    ("problems", "degree"),
    [
        (Problems(), 1), (Problems(minor=1), 2), (Problems(minor=2), 3), (Problems(minor=9), 3),
        (Problems(stable=1), 3), (Problems(acute=1), 3), (Problems(acute=4), 3), (Problems(stable=1, acute=1), 3),
        (Problems(stable=2), 4), (Problems(worse=1), 4), (Problems(uncertain=1), 4), (Problems(systemic=1), 4),
        (Problems(complicated=1), 4), (Problems(severe=1), 5), (Problems(threat=1), 5),
        (Problems(minor=3, worse=1, threat=1), 5),
    ],
)  # fmt: skip
def test_problems(problems, degree) -> None:
    assert of_problems(problems) == degree


@pytest.mark.parametrize(
    ("data", "degree"),
    [
        (Data(), 2), (Data(tests=1), 2), (Data(results=1), 2), (Data(outside_notes=1), 2),
        (Data(tests=2), 3), (Data(tests=1, results=1), 3), (Data(historian=True), 3),
        (Data(tests=1, historian=True), 3),
        (Data(tests=3), 4), (Data(tests=1, results=1, outside_notes=1), 4), (Data(tests=2, historian=True), 4),
        (Data(interpreted=True), 4), (Data(discussed=True), 4), (Data(tests=2, interpreted=True), 4),
        (Data(tests=3, interpreted=True), 5), (Data(tests=3, discussed=True), 5),
        (Data(interpreted=True, discussed=True), 5),
    ],
)  # fmt: skip
def test_data(data, degree) -> None:
    assert of_data(data) == degree


def test_risk() -> None:
    assert [of_risk(each) for each in RISKS] == [1, 2, 3, 4, 5]


@pytest.mark.parametrize(
    ("elements", "level"),
    [
        ((1, 2, 1), None), ((2, 2, 1), 2), ((1, 2, 2), 2), ((2, 2, 2), 2), ((3, 2, 2), 2), ((3, 3, 2), 3),
        ((5, 2, 2), 2), ((5, 2, 4), 4), ((4, 4, 3), 4), ((5, 5, 2), 5), ((5, 3, 4), 4), ((5, 5, 5), 5),
    ],
)  # fmt: skip
def test_two_of_three(elements, level) -> None:
    assert of_elements(*elements) == level


def documented(**changed) -> Documented:
    given_ = {"patient": "established", "problems": Problems(), "data": Data()} | changed
    return Documented(**given_)


@pytest.mark.parametrize(
    ("said", "code", "way"),
    [
        (documented(), None, None),
        (documented(minutes=25), "99213", "time"),
        (documented(patient="new", minutes=25), "99202", "time"),
        (documented(problems=Problems(stable=2), risk="moderate"), "99214", "decision"),
        (documented(patient="new", problems=Problems(stable=2), risk="moderate"), "99204", "decision"),
        (documented(problems=Problems(stable=2), risk="moderate", minutes=39), "99214", "both"),
        (documented(problems=Problems(stable=2), risk="moderate", minutes=40), "99215", "time"),
        (documented(problems=Problems(threat=1), risk="high", minutes=10), "99215", "decision"),
        (documented(staff_only=True, minutes=60), "99211", "staff"),
        (documented(patient="new", staff_only=True), None, None),
    ],
)
def test_level(said, code, way) -> None:
    found = level_of(said)
    assert (found.code, found.way) == (code, way)


def test_what_the_level_above_rests_on() -> None:
    found = level_of(documented(problems=Problems(stable=2), data=Data(tests=1), risk="low", minutes=12))
    assert (found.code, found.above.code, found.above.minutes, found.above.lacks) == (
        "99213", "99214", 30, ("data", "risk"),
    )  # fmt: skip
    assert level_of(documented(minutes=40)).above is None
    nothing = level_of(documented(patient="new"))
    assert (nothing.above.code, nothing.above.lacks) == ("99202", ("problems", "risk"))


def test_prolonged_only_beside_the_highest_level_by_time() -> None:
    assert level_of(documented(minutes=84)).prolonged == 2
    assert level_of(documented(minutes=84, staff_only=True)).prolonged == 0
    assert level_of(documented(problems=Problems(threat=1), risk="high", minutes=30)).prolonged == 0


counts = st.none() | st.integers(0, 4)
said_ = st.builds(
    Documented,
    patient=st.sampled_from(KINDS),
    problems=st.builds(Problems, **{each.name: counts for each in fields(Problems)}),
    data=st.builds(
        Data,
        tests=counts, results=counts, outside_notes=counts,
        historian=st.booleans(), interpreted=st.booleans(), discussed=st.booleans(),
    ),
    risk=st.sampled_from(RISKS),
    minutes=st.none() | st.integers(0, 200),
)  # fmt: skip


@settings(max_examples=count(200, 20_000))
@given(said_, st.integers(0, 60))
def test_more_time_is_never_a_lower_level(said, more) -> None:
    longer = level_of(replace(said, minutes=(said.minutes or 0) + more))
    now = level_of(said)
    assert (longer.level or 0) >= (now.level or 0)
    assert longer.prolonged >= now.prolonged


@settings(max_examples=count(200, 20_000))
@given(said_, st.data())
def test_more_of_any_element_is_never_a_lower_level(said, data) -> None:
    name = data.draw(st.sampled_from([each.name for each in fields(Problems)]))
    more = replace(said.problems, **{name: (getattr(said.problems, name) or 0) + 1})
    assert (level_of(replace(said, problems=more)).level or 0) >= (level_of(said).level or 0)
    name = data.draw(st.sampled_from(list(words.COUNTED)))
    read = replace(said.data, **{name: (getattr(said.data, name) or 0) + 1})
    assert (level_of(replace(said, data=read)).level or 0) >= (level_of(said).level or 0)
    name = data.draw(st.sampled_from(list(words.TICKED)))
    ticked = replace(said.data, **{name: True})
    assert (level_of(replace(said, data=ticked)).level or 0) >= (level_of(said).level or 0)
    higher = RISKS[min(RISKS.index(said.risk) + 1, 4)]
    assert (level_of(replace(said, risk=higher)).level or 0) >= (level_of(said).level or 0)


@settings(max_examples=count(200, 20_000))
@given(said_)
def test_a_level_is_one_of_its_patients_and_rests_on_what_it_says(said) -> None:
    found = level_of(said)
    assert found.code in {None, *CODES[said.patient].values()}
    assert found.level == (max(found.by_decision or 0, found.by_time or 0) or None)
    if found.above is not None:
        assert len(found.above.lacks) >= 2  # else two of the three were there
        assert (said.minutes or 0) < found.above.minutes


def test_every_part_has_its_words() -> None:
    assert list(words.PROBLEMS) == [each.name for each in fields(Problems)]
    assert [*words.COUNTED, *words.TICKED] == [each.name for each in fields(Data)]
    assert set(words.RISK) == set(RISKS) - {None}


SPECIALTY, OTHER = "207Q00000X", "207R00000X"


@pytest.mark.parametrize(
    ("on", "provider", "taxonomy", "kind"),
    [
        (date(2023, 5, 4), 1, OTHER, "established"),
        (date(2023, 5, 3), 1, SPECIALTY, "new"),
        (date(2025, 5, 4), 2, SPECIALTY, "established"),
        (date(2025, 5, 4), 2, OTHER, "new"),
        (date(2025, 5, 4), 2, None, "new"),
        (date(2026, 5, 4), 1, SPECIALTY, "new"),
        (date(2027, 5, 4), 1, SPECIALTY, "new"),
    ],
)
def test_new_or_established(on, provider, taxonomy, kind) -> None:
    seen = [Seen(on=on, provider_id=provider, taxonomy=taxonomy)]
    found, last = kind_of(1, SPECIALTY, date(2026, 5, 4), seen)
    assert (found, last) == (kind, seen[0] if kind == "established" else None)


def test_three_years_before_a_leap_day() -> None:
    assert since(date(2024, 2, 29)) == date(2021, 2, 28)
    assert kind_of(None, None, date(2024, 2, 29), [])[0] == "new"


def test_acts_beside_which_a_visit_stands_by_itself() -> None:
    assert beside(["99213", "20610", "36415", "80053", "90471", "96372", "20610", "G0008", "93000"]) == (
        "20610", "90471", "96372", "G0008",
    )  # fmt: skip
