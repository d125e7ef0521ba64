"""Two judgements of one claim: what came, what went, what stayed."""

from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from billing.edits.differences import about, differences
from billing.edits.example import claim_with
from clinic.domain.finding import Finding

FINDINGS = st.builds(
    Finding,
    code=st.sampled_from(("MUE-01", "NCC-01")),
    severity=st.sampled_from(("block", "warn")),
    field=st.sampled_from(("acts[0].code", "total")),
    line=st.sampled_from((None, 1)),
    params=st.sampled_from(((), (("units", "3"),))),
)


def places(findings) -> Counter:
    return Counter((each.code, each.severity, each.field, each.line) for each in findings)


@given(st.lists(FINDINGS, max_size=6), st.lists(FINDINGS, max_size=6))
def test_nothing_is_lost_and_nothing_told_twice(before, after) -> None:
    found = differences(before, after)
    assert places(found.new) == places(after) - places(before)
    assert places(found.gone) == places(before) - places(after)
    assert found.same + len(found.gone) == len(before)
    assert found.same + len(found.new) == len(after)


def test_another_limit_at_the_same_place_is_the_same_fault() -> None:
    one = Finding(code="MUE-01", severity="warn", field="acts[0].quantity", line=1, params=(("limit", "4"),))
    other = Finding(code="MUE-01", severity="warn", field="acts[0].quantity", line=1, params=(("limit", "2"),))
    assert differences([one], [other]).same == 1


def test_a_finding_is_about_the_code_of_its_line_or_field() -> None:
    claim = claim_with()
    act, diagnosis = claim.acts[0].code, claim.part.diagnoses[0]
    assert about(claim, Finding(code="X", severity="warn", field="acts[0].part.pointers", line=1)) == act
    assert about(claim, Finding(code="X", severity="warn", field="part.diagnoses[0]")) == diagnosis
    assert about(claim, Finding(code="X", severity="warn", field="part.diagnoses[11]")) is None
    assert about(claim, Finding(code="X", severity="warn", field="total")) is None
