"""What is read of a Claim made elsewhere: the least of it, and nothing through a float."""

import json as plain_json
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from billing.fhir.foreign_claim import ForeignClaimRecord, read
from clinic.domain.refusal import Refused
from clinic.fhir import json
from clinic.fhir.importer.records import Kept
from clinic.fhir.node import Node
from tests.clinic.fhir.jsons import mutated
from tests.counts import count

CLAIM = {
    "resourceType": "Claim",
    "id": "x1",
    "identifier": [{"system": "http://example.org/claims", "value": "77-4"}],
    "status": "active",
    "type": {"coding": [{"code": "institutional"}]},
    "use": "claim",
    "patient": {"reference": "urn:uuid:p1"},
    "billablePeriod": {"start": "2026-05-05T02:30:00+00:00", "end": "2026-05-05T03:00:00Z"},
    "created": "2026-05-06T08:00:00Z",
    "provider": {"display": "Elsewhere Clinic"},
    "priority": {"coding": [{"code": "normal"}]},
    "insurance": [{"sequence": 1, "focal": True, "coverage": {"display": "Harbor Health"}}],
    "item": [
        {
            "sequence": 1,
            "productOrService": {"text": "visit"},
            "encounter": [{"reference": "urn:uuid:e1"}],
            "net": {"value": 100, "currency": "USD"},
        }
    ],
    "total": {"value": 129.16, "currency": "USD"},
}


def record(**changed) -> ForeignClaimRecord:
    """The record of the claim with other elements; None takes one away."""
    value = {name: child for name, child in (CLAIM | changed).items() if child is not None}
    found = read(Node(json.loads(plain_json.dumps(value).encode()), "Claim"))
    assert isinstance(found, ForeignClaimRecord)
    return found


def test_what_is_read():
    found = record()
    assert (found.patients, found.encounters) == (("urn:uuid:p1",), ("urn:uuid:e1",))
    assert found.columns() == {
        "number": "77-4",
        "use": "claim",
        "status": "active",
        "created_on": date(2026, 5, 6),
        "starts": date(2026, 5, 5),
        "ends": date(2026, 5, 5),
        "payer_words": "Harbor Health",
        "total_cents": 12916,
        "currency": "USD",
    }


@pytest.mark.parametrize(
    ("total", "cents", "currency"),
    [
        ({"value": 43.27, "currency": "EUR"}, 4327, "EUR"),
        ({"value": 0.1}, 10, "USD"),
        ({"value": 77.495, "currency": "USD"}, 7750, "USD"),
        ({"value": 1e3, "currency": "USD"}, 100000, "USD"),
        ({"value": -5, "currency": "USD"}, -500, "USD"),
        ({"value": 10**15, "currency": "USD"}, None, None),
        ({"currency": "USD"}, None, None),
        (None, 10000, "USD"),
    ],
)
def test_the_total_is_hundredths_from_the_text(total, cents, currency):
    found = record(total=total)
    assert (found.total_cents, found.currency) == (cents, currency)


def test_items_of_two_currencies_have_no_sum():
    items = [{"sequence": 1, "net": {"value": 1, "currency": each}} for each in ("USD", "EUR")]
    assert record(total=None, item=items).total_cents is None


def test_without_a_period_its_days_are_those_of_its_items():
    items = [{"servicedDate": "2026-03-02"}, {"servicedPeriod": {"start": "2026-02-27", "end": "2026-03-01"}}]
    found = record(billablePeriod=None, item=items)
    assert (found.starts, found.ends) == (date(2026, 2, 27), date(2026, 3, 2))


def test_the_insurer_is_named_by_the_billed_insurance_else_by_the_insurer():
    second = {"sequence": 2, "focal": False, "coverage": {"display": "Second"}}
    assert record(insurance=[second, *CLAIM["insurance"]]).payer_words == "Harbor Health"
    nameless = [{"sequence": 1, "focal": True, "coverage": {"reference": "Coverage/1"}}]
    found = record(insurance=nameless, insurer={"reference": "Organization/2", "display": "Mutual"})
    assert (found.payer_words, found.payers) == ("Mutual", ("Coverage/1", "Organization/2"))
    inside = [{"resourceType": "Organization", "id": "o", "name": "Inner Mutual"}]
    assert record(insurance=nameless, insurer={"reference": "#o"}, contained=inside).payer_words == "Inner Mutual"
    assert "payer_words" not in record(insurance=nameless).columns()


def test_a_contained_patient_is_known_by_identifiers():
    inside = [{"resourceType": "Patient", "id": "p", "identifier": [{"system": "http://a.example", "value": "1"}]}]
    assert record(patient={"reference": "#p"}, contained=inside).patients == ("Patient?identifier=http://a.example|1",)
    named = {"identifier": {"system": "http://a.example", "value": "1"}}
    assert record(patient=named).patients == ("Patient?identifier=http://a.example|1",)
    assert isinstance(read(Node(CLAIM | {"patient": {"display": "somebody"}}, "Claim")), Kept)


@settings(max_examples=count(150, 5000))
@given(data=st.data())
def test_any_claim_is_read_kept_or_refused_with_its_place(data):
    value = data.draw(mutated(CLAIM))
    try:
        decoded = json.loads(json.dumps(value))
    except (UnicodeEncodeError, Refused):
        return
    if not isinstance(decoded, dict):
        return
    try:
        found = read(Node(decoded, "Claim"))
    except Refused as refusal:
        assert refusal.where.startswith("Claim")  # noqa: PT017  a refusal is one of the right answers
        return
    if isinstance(found, ForeignClaimRecord):
        assert found.columns()["use"] == found.use
        assert found.total_cents is None or abs(found.total_cents) < 2**31
