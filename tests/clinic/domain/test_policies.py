"""What must be known of a policy, and which rank it may have."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st
from msgspec.structs import replace

from clinic.codes.built_in import TABLES
from clinic.codes.tables import read_table
from clinic.domain.policies import Policy, check_policy, in_force, overlap
from clinic.domain.policy_words import FILINGS, RELATIONS
from clinic.domain.refusal import Refused
from tests.counts import count

TODAY = date(2026, 5, 4)
OWN = Policy(
    payer_id=1, rank="P", member_id="NLM884201337", filing="CI", relation="18", assigns_benefits="Y", release="Y"
)
SPOUSE = replace(
    OWN,
    relation="01",
    subscriber_last="Calloway",
    subscriber_first="Edmund",
    subscriber_birth=date(1965, 5, 6),
    subscriber_sex="M",
    subscriber_street="218 Alder Lane",
    subscriber_city="Two Harbors",
)


def refused(policy: Policy, *others: Policy) -> str:
    with pytest.raises(Refused) as caught:
        check_policy(policy, others, TODAY)
    return caught.value.where


def test_sound_policies() -> None:
    check_policy(OWN, (), TODAY)
    check_policy(SPOUSE, (), TODAY)
    check_policy(replace(OWN, rank="S"), (OWN,), TODAY)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("rank", "Q"),
        ("filing", "XX"),
        ("relation", "99"),
        ("insurance_type", "99"),
        ("assigns_benefits", ""),
        ("release", "N"),
        ("member_id", ""),
    ],
)
def test_a_field_that_cannot_be(field: str, value: str) -> None:
    assert refused(replace(OWN, **{field: value})) == field


@pytest.mark.parametrize("field", ["last", "first", "birth", "sex", "street", "city"])
def test_another_insured_person_is_asked_for(field: str) -> None:
    assert refused(replace(SPOUSE, **{f"subscriber_{field}": None})) == f"subscriber_{field}"


def test_an_insured_person_is_born() -> None:
    assert refused(replace(SPOUSE, subscriber_birth=date(2027, 1, 1))) == "subscriber_birth"


def test_an_end_is_not_before_the_start() -> None:
    assert refused(replace(OWN, starts=date(2026, 2, 1), ends=date(2026, 1, 31))) == "ends"


def test_one_rank_at_a_time() -> None:
    old = replace(OWN, ends=date(2025, 12, 31))
    assert refused(OWN, old) == "rank"
    check_policy(replace(OWN, starts=date(2026, 1, 1)), (old,), TODAY)
    assert refused(replace(OWN, starts=date(2025, 12, 31)), old) == "rank"


DAYS = st.none() | st.dates(date(2026, 1, 1), date(2026, 1, 20))


@examples(max_examples=count(200, 20_000))
@given(DAYS, DAYS, DAYS, DAYS)
def test_overlap_is_a_day_on_which_both_are_in_force(a, b, c, d) -> None:
    one, other = replace(OWN, starts=a, ends=b), replace(OWN, starts=c, ends=d)
    days = [date(2025, 12, 31), *(date(2026, 1, day) for day in range(1, 23))]
    common = any(in_force(a, b, day) and in_force(c, d, day) for day in days)
    assert overlap(one, other) is common
    assert overlap(other, one) is common


@pytest.mark.parametrize(("file", "words"), [("claim_filing.csv", FILINGS), ("relationship.csv", RELATIONS)])
def test_the_choices_are_the_codes_of_the_code_sets(file: str, words: dict[str, str]) -> None:
    _, contents = read_table((TABLES / file).read_bytes(), file)
    assert {row.value for row in contents.rows} == set(words)
