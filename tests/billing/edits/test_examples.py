import re
from collections import Counter

import pytest

from billing.edits import EDITS, check
from billing.edits.declare import EVERY_TEXT
from billing.edits.example import EXAMPLE_FACTS, MEDICARE, claim_with
from billing.edits.paths import pattern, position
from billing.payers import PROFILES

_NAMES = re.compile(r"%\((\w+)\)s")


def test_a_clean_claim_gives_no_finding_at_all():
    assert check(claim_with(), EXAMPLE_FACTS) == ()
    assert check(claim_with(**MEDICARE), EXAMPLE_FACTS) == ()


@pytest.mark.parametrize("code", EDITS)
def test_each_bad_example_gives_this_fault_alone(code):
    edit = EDITS[code]
    for claim in edit.fails:
        assert {finding.code for finding in check(claim, edit.facts)} == {code}


@pytest.mark.parametrize("code", EDITS)
def test_each_good_example_gives_nothing(code):
    edit = EDITS[code]
    for claim in edit.passes:
        assert check(claim, edit.facts) == ()


@pytest.mark.parametrize("code", EDITS)
def test_each_finding_is_what_its_edit_declares(code):
    edit = EDITS[code]
    declared = edit.declared
    for claim in edit.fails:
        for finding in check(claim, edit.facts):
            assert finding.severity == declared.severity
            assert declared.fields == EVERY_TEXT or pattern(finding.field) in declared.fields
            assert position(claim.kind, finding.field)
            assert finding.box or finding.loop
            params = dict(finding.params)
            assert set(_NAMES.findall(declared.message)) <= set(params)
            assert declared.message % params
            assert (finding.line is not None) == finding.field.startswith("acts[")


def test_every_scope_severity_and_way_to_be_set_off_is_in_use():
    declared = [edit.declared for edit in EDITS.values()]
    assert Counter(each.scope for each in declared).keys() == {"claim", "line", "pair"}
    assert Counter(each.severity for each in declared).keys() == {"block", "warn", "advise"}
    assert any(each.payers for each in declared)
    assert any(each.trigger_codes for each in declared)
    assert any(each.same_code for each in declared)
    assert any(each.makes_redundant for each in declared)


def test_edits_hold_for_payers_that_exist():
    for edit in EDITS.values():
        assert set(edit.declared.payers) <= set(PROFILES)
