"""Claim to 837D to Claim: the same claims in the same order, nothing wrong, nothing left over."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from msgspec.structs import replace

from billing.x12 import Delimiters, read_837, read_837d, read_837p, write_837d, write_837p
from clinic.domain.money import Money
from tests.billing.x12.dental_files import written
from tests.billing.x12.files import TRANSMISSION, segments, sendable
from tests.counts import count
from tests.strategies.claims import dental_claims, dental_claims_with_every_field
from tests.strategies.dental import ASKED, sample_dental_claims, whole_dental_claims


def test_predeterminations_of_the_tests_are_asked_when_the_file_is_made() -> None:
    assert TRANSMISSION.created.date() == ASKED


@settings(max_examples=count(150, 5_000))
@given(dental_claims())
def test_a_claim_comes_back(claim):
    reading = read_837d(written(claim))
    assert reading.errors == ()
    assert reading.unmapped == ()
    assert reading.claims == (claim,)
    assert reading.transmissions == (TRANSMISSION,)


@settings(max_examples=count(40, 1_000))
@given(dental_claims_with_every_field())
def test_a_claim_with_every_field_comes_back(claim):
    reading = read_837d(written(claim))
    assert reading.unmapped == ()
    assert reading.claims == (claim,)


def test_five_hundred_claims_come_back_in_order():
    claims = [*sample_dental_claims(count(500, 20_000), seed=3), *whole_dental_claims(20)]
    reading = read_837d(written(*claims))
    assert reading.ok
    assert list(reading.claims) == claims


def test_other_separators_come_back():
    claims = sample_dental_claims(20, seed=5)
    data = write_837d(TRANSMISSION, claims, Delimiters(element="|", repetition="!", component=">", segment="\n"))
    assert data.startswith(b"ISA|00|")
    assert list(read_837d(data).claims) == claims


def test_both_kinds_in_one_file_are_told_by_their_version():
    dental, professional = sample_dental_claims(3, seed=6), sendable(3, seed=6)
    later = replace(TRANSMISSION, interchange=43, group=8)
    both = written(*dental) + write_837p(later, professional)
    reading = read_837(both)
    assert reading.ok
    assert list(reading.claims) == [*dental, *professional]
    assert [fault.code for fault in read_837d(both).errors] == ["IK502-1"]
    assert [fault.code for fault in read_837p(both).errors] == ["IK502-1"]


def test_days_are_said_once_for_all_lines_and_apart_only_where_they_differ():
    together = next(
        each
        for each in sample_dental_claims(50, seed=7)
        if len({act.service for act in each.acts}) == 1 and len(each.acts) > 1 and not each.part.predetermination
    )
    apart = next(each for each in sample_dental_claims(80, seed=8) if len({act.service for act in each.acts}) > 1)
    assert _starts(written(together), "DTP*472") == 1
    first = apart.acts[0].service
    assert _starts(written(apart), "DTP*472") == 1 + sum(act.service != first for act in apart.acts)


def test_a_predetermination_has_no_day_of_service():
    asked = next(each for each in sample_dental_claims(50, seed=9) if each.part.predetermination)
    data = written(asked)
    assert _starts(data, "DTP*472") == 0
    (clm,) = [part for part in segments(data) if part.startswith("CLM*")]
    assert clm.split("*")[19] == "PB"
    (back,) = read_837d(data).claims
    assert {act.service.start for act in back.acts} == {ASKED}


def _starts(data: bytes, start: str) -> int:
    return sum(part.startswith(start) for part in segments(data))


@pytest.mark.parametrize("currency", ["USD", "CAD"])
def test_the_currency_comes_back(currency):
    claim = next(each for each in sample_dental_claims(50, seed=1) if not each.other_coverages)
    acts = tuple(replace(act, charge=Money(act.charge.cents, currency)) for act in claim.acts)
    paid = Money(claim.patient_paid.cents, currency) if claim.patient_paid else None
    claim = replace(claim, acts=acts, total=Money(claim.total.cents, currency), patient_paid=paid)
    assert read_837d(written(claim)).claims == (claim,)
