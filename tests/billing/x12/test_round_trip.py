"""Claim to 837P to Claim: the same claims in the same order, nothing wrong, nothing left over; pyx12 finds nothing."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given, settings

from billing.domain.professional import ProfessionalClaim
from billing.x12 import Delimiters, read_837p, write_837p
from billing.x12.write_837 import MAX_CLAIMS, MAX_CLAIMS_OF_PATIENT
from clinic.domain.money import Money
from tests.billing.x12.files import TRANSMISSION, pyx12_findings, segments, sendable, writable, written
from tests.counts import count
from tests.strategies.claims import claims_with_every_field, professional_claims
from tests.strategies.samples import sample_claims


@settings(max_examples=count(150, 5_000))
@given(professional_claims(over_long=False).filter(writable))
def test_a_claim_comes_back(claim):
    reading = read_837p(written(claim))
    assert reading.errors == ()
    assert reading.unmapped == ()
    assert reading.claims == (claim,)
    assert reading.transmissions == (TRANSMISSION,)


@settings(max_examples=count(40, 1_000))
@given(claims_with_every_field().filter(writable))
def test_a_claim_with_every_field_comes_back(claim):
    assert read_837p(written(claim)).claims == (claim,)


@settings(max_examples=count(40, 1_000))
@given(professional_claims(over_long=True).filter(writable))
def test_what_paper_cannot_hold_comes_back(claim):
    assert read_837p(written(claim)).claims == (claim,)


def test_many_claims_come_back_in_order():
    claims = [claim for claim in sample_claims(count(400, 20_000), seed=3) if writable(claim)]
    reading = read_837p(write_837p(TRANSMISSION, claims))
    assert reading.ok
    assert list(reading.claims) == claims


def test_pyx12_finds_nothing_in_what_is_written():
    claims = sendable(count(40, 1_000), seed=11)
    assert pyx12_findings(write_837p(TRANSMISSION, claims)) == []


def test_other_separators_come_back():
    claims = sendable(20, seed=5)
    separators = Delimiters(element="|", repetition="!", component=">", segment="\n")
    data = write_837p(TRANSMISSION, [claim for claim in claims if b"!" not in msgspec.json.encode(claim)], separators)
    assert data.startswith(b"ISA|00|")
    assert read_837p(data).ok


def test_neighbours_share_loops_and_others_do_not():
    claim = sendable(1, seed=2)[0]
    other = msgspec.structs.replace(claim, number="OTHER", coverage=sendable(2, seed=9)[1].coverage)
    data = written(claim, msgspec.structs.replace(claim, number="SECOND"), other)
    levels = [part.split("*")[3] for part in segments(data) if part.startswith("HL*")]
    assert levels.count("20") == 1
    assert levels.count("22") == 2
    assert [each.number for each in read_837p(data).claims] == [claim.number, "SECOND", "OTHER"]


def test_order_is_kept_where_parties_alternate():
    first, second = sendable(2, seed=21)
    claims = [
        msgspec.structs.replace(source, number=f"N{at}") for at, source in enumerate([first, second, first, second])
    ]
    assert list(read_837p(written(*claims)).claims) == claims


def _small() -> ProfessionalClaim:
    source = (claim for claim in sample_claims(200, seed=1) if len(claim.acts) == 1 and not claim.other_coverages)
    return next(filter(writable, source))


def test_one_transaction_takes_five_thousand_claims_and_one_patient_a_hundred():
    claim = _small()
    claims = [msgspec.structs.replace(claim, number=f"N{at}") for at in range(MAX_CLAIMS + 1)]
    data = write_837p(TRANSMISSION, claims)
    parts = segments(data)
    assert [part.split("*")[2] for part in parts if part.startswith("ST*")] == ["0001", "0002"]
    assert [part.split("*")[3] for part in parts if part.startswith("BHT*")] == ["BATCH1", "BATCH1-2"]
    assert parts[-2].startswith("GE*2*")
    reading = read_837p(data)
    assert reading.ok
    assert [len(each.claims) for each in reading.transactions] == [MAX_CLAIMS, 1]
    levels = [part for part in parts if part.startswith(("HL*", "CLM*"))]
    per_patient, longest = 0, 0
    for part in levels:
        per_patient = per_patient + 1 if part.startswith("CLM*") else 0
        longest = max(longest, per_patient)
    assert longest == MAX_CLAIMS_OF_PATIENT


@pytest.mark.parametrize("currency", ["USD", "CAD"])
def test_the_currency_comes_back(currency):
    def turned(money: Money) -> Money:
        return Money(money.cents, currency)

    claim = _small()
    acts = tuple(msgspec.structs.replace(act, charge=turned(act.charge)) for act in claim.acts)
    paid = turned(claim.patient_paid) if claim.patient_paid else None
    claim = msgspec.structs.replace(claim, acts=acts, total=turned(claim.total), patient_paid=paid)
    data = written(claim)
    assert (b"CUR*85*CAD~" in data) == (currency == "CAD")
    assert read_837p(data).claims == (claim,)
