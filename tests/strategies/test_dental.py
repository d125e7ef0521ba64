"""The strategy of dental claims varies everything such a claim can say, within what can be written."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from hypothesis import given, settings

from billing.domain.canonical import from_json, to_json
from billing.domain.claim import Claim
from billing.domain.dental import ACT_DAYS, CLAIM_DAYS, Dental, DentalAct
from clinic.domain.npi import is_npi
from clinic.domain.surfaces import fits
from clinic.domain.tooth import ALL, Tooth
from tests.counts import count
from tests.strategies.claims import dental_claims, dental_claims_with_every_field
from tests.strategies.dental import ASKED, sample_dental_claims, whole_dental_claims
from tests.strategies.dental_exceptions import ALWAYS_ABSENT, NEVER_ABSENT, ONE_VALUE
from tests.strategies.fields import ABSENT, Exceptions, declared, found, unvaried

_KIND = Claim[Dental, DentalAct]


def test_every_field_has_two_values_absent_included_and_every_literal() -> None:
    seen: dict[str, set[Any]] = defaultdict(set)

    @settings(max_examples=count(400, 800))
    @given(dental_claims())
    def collect(claim: Any) -> None:
        for path, value in found(claim):
            seen[path].add(value)

    collect()
    for path in ALWAYS_ABSENT:
        # Below what is always absent nothing is seen at all.
        seen.setdefault(path, {ABSENT})
    assert unvaried(_KIND, seen, Exceptions(ONE_VALUE, NEVER_ABSENT, ALWAYS_ABSENT)) == []


def test_the_exceptions_are_still_exceptions() -> None:
    paths = {path for path, _, _ in declared(_KIND)}
    assert {*ONE_VALUE, *NEVER_ABSENT, *ALWAYS_ABSENT} <= paths


@settings(max_examples=count(40, 500))
@given(dental_claims_with_every_field())
def test_what_may_be_absent_from_a_whole_claim(claim: Any) -> None:
    allowed = {
        *ALWAYS_ABSENT, "acts[].service.end", "part.attachments[].control", "patient_paid",
        # One payer answered before this one, the next has yet to; paid in full leaves nothing to adjust.
        "other_coverages[].adjudication", "other_coverages[].adjudication.adjustments",
        "other_coverages[].insurance_type",
    }  # fmt: skip
    assert {path for path, value in found(claim) if value == ABSENT} <= allowed


def test_samples_are_valid_distinct_and_the_same_on_every_run() -> None:
    claims = sample_dental_claims(300, 3)
    assert claims == sample_dental_claims(300, 3)
    assert len({claim.number for claim in claims}) == 300
    for claim in [*claims, *whole_dental_claims(20)]:
        assert from_json(to_json(claim)) == claim
        assert claim.charged() == claim.total
        assert len({act.number for act in claim.acts}) == len(claim.acts)
        assert [each.qualifier for each in claim.part.dates] == [
            each for each in CLAIM_DAYS if each in {dated.qualifier for dated in claim.part.dates}
        ]
        if claim.part.predetermination:
            assert {act.service.start for act in claim.acts} == {ASKED}
        for act in claim.acts:
            assert len(act.part.teeth) < 2 or act.quantity.value == 1
            assert [each.qualifier for each in act.part.dates] == [
                each for each in ACT_DAYS if each in {dated.qualifier for dated in act.part.dates}
            ]
            for treated in act.part.teeth:
                assert all(fits(surface, Tooth(treated.tooth)) for surface in treated.surfaces)
    assert {each.tooth for claim in claims for act in claim.acts for each in act.part.teeth} == set(ALL)


def test_every_npi_has_its_check_digit() -> None:
    numbers = {
        claim.part.assistant.identifier.value
        for claim in sample_dental_claims(200, 5)
        if claim.part.assistant and claim.part.assistant.identifier
    }
    assert numbers
    assert all(map(is_npi, numbers))
