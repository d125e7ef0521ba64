"""What coverage rules say of an act: which of them hold, what supports, and how often is too often."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from billing.edits import Facts, check
from billing.edits.case import Case
from billing.edits.covered import first_day, in_force, support_of, too_often
from billing.edits.example import EXAMPLE_FACTS, ExampleCodes, claim_with, line
from billing.edits.exampletables import ExampleCoverage, ExampleCoverages, covering
from billing.edits.ruled import RuleTables
from billing.payers import PROFILES
from clinic.domain.period import Period
from tests.counts import count

DAY = date(2026, 3, 2)
ONE = Decimal(1)


def often(times: int, per: int, **more) -> ExampleCoverage:
    return ExampleCoverage("frequency", times=times, per=per, **more)


def test_the_closer_word_goes_before_the_wider_one_of_diagnoses_and_of_how_often_each_by_itself() -> None:
    wide = ExampleCoverage("supports", "I10")
    rules = [wide, often(1, 365), often(2, 365, filing="MB"), often(3, 365, payer="NW001"), often(4, 365, filing="CI")]
    assert in_force(rules, "CI", "X", DAY) == [wide, rules[4]]
    assert in_force(rules, "MB", "NW001", DAY) == [wide, rules[3]]
    assert in_force(rules, "WC", "X", DAY) == [wide, rules[1]]


def test_rows_hold_on_their_days() -> None:
    rule = often(1, 365, since=DAY, until=DAY + timedelta(days=9))
    days = [DAY + timedelta(days=away) for away in (-1, 0, 9, 10)]
    assert [bool(in_force([rule], "CI", "", day)) for day in days] == [False, True, True, False]


SUPPORTS, NEVER, NOTHING = (
    ExampleCoverage("supports", "E08-E13 R73*"),
    ExampleCoverage("never", "Z00* E119"),
    ExampleCoverage("never"),
)


@pytest.mark.parametrize(
    ("rules", "diagnoses", "why"),
    [
        ([SUPPORTS], ["I10", "R7303"], None),
        ([SUPPORTS], ["I10"], "unsupported"),
        ([SUPPORTS, NEVER], ["Z0000"], "never"),
        ([SUPPORTS, NEVER], ["Z0000", "R7303"], None),
        ([SUPPORTS, NEVER], ["I10"], "unsupported"),
        ([NEVER], ["Z0000"], "never"),
        ([NEVER], ["Z0000", "I10"], None),
        ([NEVER], ["I10"], None),
        ([SUPPORTS, NOTHING], ["R7303"], "excluded"),
    ],
)
def test_one_that_supports_is_enough(rules, diagnoses, why) -> None:
    assert support_of(rules, diagnoses).why == why


def test_no_list_of_diagnoses_says_nothing() -> None:
    assert support_of([often(1, 365)], ["I10"]) is None


def test_days_are_counted_and_the_next_one_is_told() -> None:
    rule = often(1, 365)
    for away, found in ((364, True), (365, False), (0, True)):
        said = too_often([rule], ["I10"], DAY, ONE, [(DAY - timedelta(days=away), ONE)])
        assert (said is not None) is found
    said = too_often([rule], ["I10"], DAY, ONE, [(date(2025, 9, 1), ONE)])
    assert (said.last, said.next_on, said.units) == (date(2025, 9, 1), date(2026, 9, 1), Decimal(2))
    once = too_often([often(1, 0)], ["I10"], DAY, ONE, [(date(1999, 1, 1), ONE)])
    assert (once.next_on, once.last) == (None, date(1999, 1, 1))
    assert too_often([often(1, 365)], [], DAY, Decimal(2), []).next_on is None


def test_a_frequency_of_a_diagnosis_holds_for_that_one() -> None:
    rule = often(1, 90, spans="E08-E13")
    done = [(DAY - timedelta(days=10), ONE)]
    assert too_often([rule], ["E119"], DAY, ONE, done)
    assert too_often([rule], ["I10"], DAY, ONE, done) is None


@settings(max_examples=count(200, 20_000), deadline=None)
@given(
    times=st.integers(1, 4),
    per=st.one_of(st.just(0), st.integers(1, 400)),
    days=st.lists(st.tuples(st.integers(0, 500), st.integers(1, 3)), max_size=8),
    asked=st.integers(1, 4),
)
def test_on_the_next_day_it_is_paid_and_on_no_day_before(times, per, days, asked) -> None:
    """The day that is told is the first on which the same would not be too often."""
    done = [(DAY - timedelta(days=away), Decimal(units)) for away, units in days]
    rule = often(times, per)
    said = too_often([rule], [], DAY, Decimal(asked), done)
    inside = [units for away, units in days if not per or away < per]
    assert (said is not None) == (sum(inside) + asked > times)
    if said is None:
        return
    if said.next_on is None:
        assert not per or asked > times
        return
    assert too_often([rule], [], said.next_on, Decimal(asked), done) is None
    before = said.next_on - timedelta(days=1)
    assert said.next_on == DAY or too_often([rule], [], before, Decimal(asked), done) is not None


def test_how_far_back_it_matters() -> None:
    assert first_day([SUPPORTS], DAY) is None
    assert first_day([often(1, 90), often(1, 365)], DAY) == DAY - timedelta(days=364)
    assert first_day([often(1, 90), often(1, 0)], DAY) == date.min


def test_earlier_claims_are_asked_for_only_where_something_is_counted() -> None:
    asked: list[date] = []

    def further(_claim, first):
        asked.append(first)
        return ()

    for tables, days in (
        (covering("80061", supports="I10"), []),
        (covering("99397", times=1, per=365), []),
        (covering("80061", times=1, per=365), [DAY - timedelta(days=364)]),
    ):
        asked.clear()
        facts = Facts(on=DAY, codes=ExampleCodes(), further=further).ruled_by(tables)
        claim = claim_with(acts=(line(code="80061"), line(number="2", code="80061", modifiers=("GZ",))))
        check(claim, facts)
        assert asked == days


def test_a_replaced_claim_does_not_count_twice_and_a_void_one_not_at_all() -> None:
    on = Period(date(2026, 2, 2))
    before = claim_with(number="B", acts=(line(code="80061", service=on),))
    again = claim_with(number="C", frequency="7", replaces="B", acts=(line(code="80061", service=on),))
    void = claim_with(number="D", frequency="8", replaces="B", acts=(line(code="80061", service=on),))
    claim = claim_with(acts=(line(code="80061"),))
    found = {}
    for earlier in ((before,), (before, again), (void,)):
        facts = EXAMPLE_FACTS.ruled_by(covering("80061", times=2, per=365)).knowing(*earlier)
        found[earlier] = [each.code for each in check(claim, facts)]
    assert list(found.values()) == [[], [], []]
    facts = EXAMPLE_FACTS.ruled_by(covering("80061", times=1, per=365)).knowing(before, again)
    [covered] = Case(claim, facts, PROFILES["commercial"]).coverage
    assert (covered.with_earlier.units, covered.earlier) == (Decimal(2), "C")


def test_lines_of_a_claim_are_counted_by_their_day_whatever_their_order() -> None:
    acts = (
        line(code="80061", service=Period(DAY)),
        line(number="2", code="80061", service=Period(DAY - timedelta(days=3)), modifiers=("91",)),
    )
    facts = EXAMPLE_FACTS.ruled_by(covering("80061", times=1, per=30))
    assert [(each.code, each.line) for each in check(claim_with(acts=acts), facts)] == [("COV-04", 1)]


def test_each_day_is_judged_by_its_own_table() -> None:
    tables = {DAY: covering("80061", never=""), DAY + timedelta(days=1): covering("80061", supports="I10")}
    facts = Facts(on=DAY + timedelta(days=9), codes=ExampleCodes(), tables=lambda day, _setting: tables.get(day))
    acts = (line(code="80061"), line(number="2", code="80061", service=Period(DAY + timedelta(days=1))))
    assert [(each.code, each.line) for each in check(claim_with(acts=acts), facts)] == [("COV-05", 1)]


def test_a_void_is_left_alone() -> None:
    facts = EXAMPLE_FACTS.ruled_by(covering("99213", never=""))
    assert [each.code for each in check(claim_with(), facts)] == ["COV-05"]
    assert check(claim_with(frequency="8", replaces="X1"), facts) == ()


def test_rules_of_another_payer_say_nothing() -> None:
    rules = RuleTables(coverage=ExampleCoverages({"99213": [ExampleCoverage("never", payer="OTHER")]}))
    assert check(claim_with(), EXAMPLE_FACTS.ruled_by(rules)) == ()
    mine = RuleTables(coverage=ExampleCoverages({"99213": [ExampleCoverage("never", payer="NW001")]}))
    assert [each.code for each in check(claim_with(), EXAMPLE_FACTS.ruled_by(mine))] == ["COV-05"]
