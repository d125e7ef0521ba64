"""How likely two patients are one person."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st

from clinic.domain.likeness import WEIGHTS, Traits, distance, letters, likeness, name_key, near_birth, phone_key
from tests.counts import count

BORN = date(1967, 3, 14)


def bea(**other) -> Traits:
    return Traits(**{"last": "Calloway", "first": "Beatrix", "birth": BORN} | other)


@pytest.mark.parametrize(
    ("other", "reasons"),
    [
        (bea(), ("same_name", "same_birth")),
        (bea(last="CALLOWAY ", first="Béatrix"), ("same_name", "same_birth")),
        (bea(last="Caloway"), ("near_name", "same_birth")),
        (bea(first="Bea"), ("near_name", "same_birth")),
        (bea(last="Calloway-Osei"), ("near_name", "same_birth")),
        (bea(last="Beatrix", first="Calloway"), ("names_swapped", "same_birth")),
        (bea(last="Osei"), ("same_first", "same_birth")),
        (bea(birth=date(1967, 3, 15)), ("same_name", "near_birth")),
        (bea(birth=date(1976, 3, 14)), ("same_name", "near_birth")),
        (bea(birth=None), ("same_name",)),
    ],
)
def test_shown(other: Traits, reasons: tuple[str, ...]) -> None:
    found = likeness(bea(), other)
    assert found is not None
    assert found.reasons == reasons
    assert found.score == sum(WEIGHTS[reason] for reason in reasons)


@pytest.mark.parametrize(
    "other",
    [
        bea(birth=date(1990, 11, 2)),
        bea(last="Osei", first="Marvin"),
        bea(last="Osei", birth=date(1967, 3, 15)),
        bea(last="Caloway", birth=date(1967, 3, 15)),
        bea(last="Calloway", first="Edmund"),
    ],
)
def test_not_shown(other: Traits) -> None:
    assert likeness(bea(), other) is None


def test_a_phone_or_a_member_id_in_common_is_shown_and_weighs_little() -> None:
    child = Traits(
        last="Moreau", first="Théa", birth=date(2019, 1, 2), phone="+1 (218) 555-0142", member_ids=("nlm-88",)
    )
    by_phone = likeness(bea(phone="218.555.0142"), child)
    by_policy = likeness(bea(member_ids=("X1", "NLM88")), child)
    assert by_phone is not None
    assert by_policy is not None
    assert by_phone.reasons == ("same_phone",)
    assert by_policy.reasons == ("same_member_id",)
    assert max(by_phone.score, by_policy.score) < WEIGHTS["same_birth"]


def test_a_first_name_in_common_is_nothing_beside_a_phone() -> None:
    found = likeness(bea(phone="2185550142"), bea(last="Osei", birth=date(1990, 1, 1), phone="2185550142"))
    assert found is not None
    assert found.reasons == ("same_phone",)


def test_house_extensions_are_no_phone() -> None:
    assert likeness(bea(phone="142"), Traits(last="Osei", phone="142")) is None
    assert (phone_key("142"), phone_key(None), phone_key("1-218-555-0142")) == ("", "", "2185550142")


@pytest.mark.parametrize(
    ("other", "near"),
    [
        (date(1967, 3, 15), True),
        (date(1967, 4, 14), True),
        (date(1957, 3, 14), True),
        (date(1967, 3, 24), True),
        (date(1967, 4, 15), False),
        (date(1968, 4, 14), False),
    ],
)
def test_near_birth(other: date, near: bool) -> None:
    assert near_birth(BORN, other) is near


def test_day_and_month_swapped() -> None:
    assert near_birth(date(1980, 2, 11), date(1980, 11, 2))
    assert not near_birth(date(1980, 2, 11), date(1981, 11, 2))


@pytest.mark.parametrize(
    ("one", "other", "slips"),
    [("anna", "anna", 0), ("anna", "ana", 1), ("hanna", "ahnna", 1), ("kitten", "sitting", 3), ("", "ab", 2)],
)
def test_distance(one: str, other: str, slips: int) -> None:
    assert distance(one, other, 5) == slips


def test_name_key() -> None:
    assert name_key("O’Neil-Straße", "Mary Ann") == "oneilstrasse maryann"
    assert name_key("Ng") == "ng"
    assert letters("ﬁ") == "fi"


WORDS = st.text("abcé -'", max_size=9)
TRAITS = st.builds(
    Traits,
    last=WORDS,
    first=st.none() | WORDS,
    birth=st.none() | st.dates(date(1960, 1, 1), date(1960, 12, 31)),
    phone=st.none() | st.sampled_from(("2185550142", "+1 218 555 0142", "12")),
    member_ids=st.lists(st.sampled_from(("A1", "a1", "B2")), max_size=2).map(tuple),
)


@examples(max_examples=count(150, 20_000))
@given(TRAITS, TRAITS)
def test_likeness_goes_both_ways(one: Traits, other: Traits) -> None:
    assert likeness(one, other) == likeness(other, one)
    mine = likeness(one, one)
    assert mine is not None
    assert 0 < mine.score <= 100


@examples(max_examples=count(150, 20_000))
@given(WORDS, WORDS, st.integers(0, 9))
def test_a_distance_past_what_is_asked_is_only_told_to_be_more(one: str, other: str, most: int) -> None:
    whole = distance(one, other, 99)
    assert distance(one, other, most) == whole if whole <= most else distance(one, other, most) > most
