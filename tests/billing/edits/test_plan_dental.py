"""Edits of dental claims: the plan says what the plain loop says, whatever stands in the claim."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings

from billing.edits import EDITS, check
from billing.edits.dentalacts import SURFACES_OF, age, is_extraction, is_orthodontic, is_prosthesis, needs_tooth
from billing.edits.example import EXAMPLE_FACTS
from billing.edits.exampledental import dental_claim_with, dental_line, on
from billing.payers import profile_for
from tests.billing.edits.plain import plain
from tests.billing.edits.test_plan import FACTS
from tests.billing.edits.unclean_dental import spoilt_dental_claims, unclean_dental_claims
from tests.counts import count

OWN = {code for code, edit in EDITS.items() if edit.declared.kinds == ("dental",)}


def test_a_clean_dental_claim_gives_no_finding_at_all():
    assert check(dental_claim_with(), EXAMPLE_FACTS) == ()


def test_there_are_thirty_and_more_of_one_family():
    assert len(OWN) >= 30
    assert {code[:3] for code in OWN} == {"DEN"}


@settings(max_examples=count(100, 5000))
@given(unclean_dental_claims())
def test_the_plan_is_the_plain_loop(claim):
    assert check(claim, FACTS) == plain(EDITS.values(), claim, FACTS, profile_for(claim))


def test_the_plan_is_the_plain_loop_on_many():
    for claim in spoilt_dental_claims(count(300, 5000), seed=1):
        assert check(claim, FACTS) == plain(EDITS.values(), claim, FACTS, profile_for(claim))


def test_every_edit_is_met_by_the_unclean_claims():
    met = {finding.code for claim in spoilt_dental_claims(1500) for finding in check(claim, FACTS)}
    assert OWN - met == set()


def test_findings_stand_in_the_order_of_the_claim():
    claim = dental_claim_with(
        acts=(dental_line(teeth=on("33:MO")), dental_line(number="2", code="D4341", teeth=(), areas=("50",)))
    )
    assert [(each.code, each.field, each.box, each.element) for each in check(claim, EXAMPLE_FACTS)] == [
        ("DEN-01", "acts[0].part.teeth[0].tooth", "27", "TOO02"),
        ("DEN-22", "acts[1].part.areas", "25", "SV304"),
        ("DEN-21", "acts[1].part.areas", "25", "SV304"),
    ]


@pytest.mark.parametrize(
    ("code", "tooth", "out", "prosthesis", "braces"),
    [("D2392", True, False, False, False), ("D7140", True, True, False, False), ("D2740", True, False, True, False),
     ("D6240", False, False, True, False), ("D8080", False, False, False, True), ("D1110", False, False, False, False)],
)  # fmt: skip
def test_what_the_numbering_tells(code, tooth, out, prosthesis, braces):
    assert (needs_tooth(code), is_extraction(code), is_prosthesis(code), is_orthodontic(code)) == (
        tooth, out, prosthesis, braces,
    )  # fmt: skip
    assert len(SURFACES_OF) == 12


def test_full_years():
    assert age(date(2010, 3, 3), date(2026, 3, 2)) == 15
    assert age(date(2010, 3, 2), date(2026, 3, 2)) == 16
    assert age(None, date(2026, 3, 2)) is None
