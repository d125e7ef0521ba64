"""What other payers answered, added up."""

from datetime import date
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from billing.domain.claim import Adjudication, Adjustment
from billing.edits import EDITS, check
from billing.edits.anaesthesia import is_anaesthesia
from billing.edits.answers import answers
from billing.edits.example import EXAMPLE_FACTS, FIRST_PAYER, claim_with, line
from billing.edits.exampleworlds import CODED
from billing.edits.placeholder import is_placeholder
from billing.edits.sidebyside import clashing
from billing.edits.validity import standing
from clinic.domain.code import HCPCS, Code
from clinic.domain.money import Money
from clinic.domain.quantity import Quantity
from tests.counts import count

SUMS = {"COB-05", "COB-06", "COB-07", "COB-08", "COB-15"}


def answered(total: int, paid: int, taken: list[tuple[str, int]]):
    """A claim to the second payer of which the first paid and took off so much."""
    adjustments = tuple(Adjustment(group, "45", Money(cents)) for group, cents in taken)
    first = replace(FIRST_PAYER, adjudication=Adjudication(Money(paid), date(2026, 3, 6), adjustments))
    return claim_with(acts=(line(charge=Money(total)),), coverage__rank="S", other_coverages=(first,))


def sums(claim) -> set[str]:
    return {each.code for each in check(claim, EXAMPLE_FACTS)} & SUMS


@st.composite
def shares(draw: st.DrawFn) -> tuple[int, int, list[tuple[str, int]]]:
    """A total, what was paid of it, and the rest in adjustments of which the patient owes one."""
    total = draw(st.integers(200, 10_000_000))
    paid = draw(st.integers(0, total - 1))
    cuts = sorted(draw(st.lists(st.integers(paid, total), max_size=4)))
    ends = [paid, *cuts, total]
    parts = [two - one for one, two in pairwise(ends) if two > one]
    groups = ["PR", *draw(st.lists(st.sampled_from(("CO", "OA", "PR", "PI", "CR")), min_size=5, max_size=5))]
    return total, paid, list(zip(groups, parts, strict=False))


@settings(max_examples=count(60, 3000))
@given(shares(), st.integers(1, 100_000))
def test_an_answer_balances_or_says_by_how_much_it_does_not(share, off):
    total, paid, taken = share
    assert sums(answered(total, paid, taken)) == set()
    more = [*taken, ("CO", off)]
    assert sums(answered(total, paid, more)) == {"COB-05"}
    less = [*taken, ("CO", -off)]
    found = answered(total, paid, less)
    assert sums(found) == {"COB-06"}
    told = next(dict(each.params) for each in check(found, EXAMPLE_FACTS) if each.code == "COB-06")
    assert told["rest"] == Money(off).plain()


@settings(max_examples=count(60, 3000))
@given(shares())
def test_rest_and_paid_and_taken_are_the_total(share):
    total, paid, taken = share
    claim = answered(total, paid, taken[:-1])
    (found,) = answers(claim)
    assert found.rest + paid + sum(cents for _, cents in taken[:-1]) == claim.total.cents
    assert found.owed == sum(cents for group, cents in taken[:-1] if group == "PR")


def test_what_is_beyond_reason_is_said_once():
    assert sums(answered(10000, -1, [("PR", 10001)])) == {"COB-07"}
    assert sums(answered(10000, 20000, [("PR", 500)])) == {"COB-08"}
    assert sums(answered(10000, 8000, [("CO", 2000)])) == {"COB-15"}


@settings(max_examples=count(100, 5000))
@given(st.decimals(Decimal("0.0001"), Decimal(10**10), allow_nan=False, places=4))
def test_a_quantity_is_carried_as_it_is_or_told_of(value):
    claim = claim_with(acts=(line(code="J1100", quantity=Quantity(value)),))
    told = "LIN-05" in {each.code for each in check(claim, EXAMPLE_FACTS)}
    digits = Quantity(value).plain()
    whole, _, decimals = digits.partition(".")
    assert told == (len(decimals) > 3 or len(whole.lstrip("0")) + len(decimals) > 8)


@pytest.mark.parametrize(
    ("value", "why"), [("C9803", "over"), ("Q5150", "coming"), ("J9998", "never"), ("J1100", "over")]
)
def test_a_code_ended_or_begins_or_never_was(value, why):
    assert standing(CODED, Code(HCPCS, value), date(2026, 3, 2)) == why


@pytest.mark.parametrize(
    ("text", "none"),
    [
        ("N/A", True), ("on file", True), ("000000000", True), ("XXX", True), ("123456789", True), ("", False),
        ("PA20260301", False), ("NOVAK", False), ("00", False),
    ],
)  # fmt: skip
def test_words_in_the_place_of_a_number(text, none):
    assert is_placeholder(text) is none


@pytest.mark.parametrize(
    ("code", "minutes"),
    [("00100", True), ("01999", True), ("01996", False), ("00099", False), ("02000", False), ("0001F", False)],
)
def test_what_is_told_in_minutes(code, minutes):
    assert is_anaesthesia(code) is minutes


@pytest.mark.parametrize(
    ("modifiers", "clash"),
    [
        (("25", "25"), True), (("26", "TC"), True), (("F1", "F2"), True), (("FA", "TA"), False), (("LT", "RT"), True),
        (("95", "25"), False), ((), False),
    ],
)  # fmt: skip
def test_modifiers_side_by_side(modifiers, clash):
    assert clashing(modifiers) is clash


def test_without_a_list_nothing_is_said_of_acts():
    claims = [claim for code in ("HCP-01", "HCP-02", "HCP-03", "HCP-04", "MOD-07") for claim in EDITS[code].fails]
    assert {each.code for claim in claims for each in check(claim, EXAMPLE_FACTS)} == set()
