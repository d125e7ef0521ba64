"""Requests and specimens of another house come in as orders and containers, once; what cannot be told is kept."""

from __future__ import annotations

import copy

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from clinic.base import db
from clinic.domain.refusal import Refused
from clinic.fhir import json
from clinic.fhir.importer.bundle import read_batch
from clinic.services.export_records import export_records
from clinic.services.import_bundle import import_bundle
from clinic.services.importing.references import Known
from lab.models import LabOrder, OrderLine, Specimen
from lab.services.import_lab import NO_ORDER, NO_TEST, foreign_number
from tests.clinic.fhir.importer import records as own
from tests.clinic.fhir.importer.records import bundle
from tests.clinic.fhir.jsons import mutated
from tests.clinic.services.exported import take_folder
from tests.clinic.services.taking import only, rows, take
from tests.counts import count
from tests.lab.fhir.test_out import full  # noqa: F401  a fixture

PATIENT = {"reference": own.ENCOUNTER["subject"]["reference"]}
REQUEST = {
    "resourceType": "ServiceRequest",
    "id": "r1",
    "identifier": [{"system": "urn:other", "value": "req-1"}],
    "requisition": {"system": "urn:other:req", "value": "REQ-77"},
    "status": "active",
    "intent": "order",
    "priority": "stat",
    "code": {"coding": [{"system": "http://loinc.org", "code": "24323-8"}]},
    "subject": PATIENT,
    "authoredOn": "2026-05-04",
    "reasonCode": [{"coding": [{"system": "http://hl7.org/fhir/sid/icd-10-cm", "code": "E11.9"}]}],
}
SPECIMEN = {
    "resourceType": "Specimen",
    "id": "s1",
    "identifier": [{"system": "urn:other", "value": "spec-1"}],
    "accessionIdentifier": {"value": "ACC-9001"},
    "status": "available",
    "subject": PATIENT,
    "request": [{"reference": "ServiceRequest/r1"}],
    "collection": {
        "collectedDateTime": "2026-05-04T09:30:00-05:00",
        "quantity": {"value": 4.5, "unit": "mL"},
        "method": {"text": "venipuncture"},
    },
}


@pytest.fixture
def actor(practice):
    return practice.actor("biller")


def told(remarks) -> list[str]:
    """What was kept as text only, and why."""
    return [remark.message for remark in remarks if remark.problem == "kept"]


def test_a_request_is_a_line_that_waits_for_our_own_signature(actor) -> None:
    counts, remarks = take(actor, bundle(own.PATIENT, own.ENCOUNTER, REQUEST, SPECIMEN))
    assert counts[3] == 0
    assert told(remarks) == []
    line, tube = only(OrderLine), only(Specimen)
    assert (line.test_key, line.state, line.diagnoses) == ("cmp", "held", ["E119"])
    assert "signature" in line.held_for
    assert (only(LabOrder).number, only(LabOrder).priority) == ("REQ-77", "stat")
    assert (tube.number, tube.state, tube.remaining_ul) == ("ACC-9001", "collected", 4500)
    assert [test.line_id for test in tube.tests] == [line.id]


def test_again_is_no_change(actor) -> None:
    records = bundle(own.PATIENT, own.ENCOUNTER, REQUEST, SPECIMEN)
    take(actor, records)
    take(actor, records)
    assert (rows(OrderLine), rows(Specimen)) == (1, 1)


def test_lines_of_one_requisition_share_an_order(actor) -> None:
    other = REQUEST | {
        "id": "r2",
        "identifier": [{"system": "urn:other", "value": "req-2"}],
        "code": {"coding": [{"system": "http://loinc.org", "code": "57021-8"}]},
    }
    take(actor, bundle(own.PATIENT, own.ENCOUNTER, REQUEST, other))
    assert (rows(LabOrder), rows(OrderLine)) == (1, 2)


@pytest.mark.parametrize(
    ("resource", "why"),
    [
        (REQUEST | {"code": {"text": "a test nobody knows"}}, NO_TEST),
        (SPECIMEN | {"request": [{"reference": "ServiceRequest/never"}]}, NO_ORDER),
    ],
)
def test_what_cannot_be_told_is_kept(actor, resource, why) -> None:
    _, remarks = take(actor, bundle(own.PATIENT, own.ENCOUNTER, resource))
    assert told(remarks) == [why]
    assert (rows(OrderLine), rows(Specimen)) == (0, 0)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("C000001", "XC000001"),
        ("R12", "XR12"),
        ("acc-1", "ACC-1"),
        ("ä", None),
        (None, None),
        ("C000001-2", "XC000001-2"),
    ],
)
def test_no_number_of_ours_is_ever_taken(text, number) -> None:
    assert foreign_number(text) == number


def test_our_own_export_comes_in_elsewhere(practice, other_practice, full, tmp_path) -> None:  # noqa: F811
    export_records(practice.actor("manager"), tmp_path / "out")
    take_folder(other_practice.actor("manager"), tmp_path / "out")
    theirs = db.session.query(OrderLine).filter_by(practice_id=other_practice.row.id).one()
    assert (theirs.test_key, theirs.diagnoses) == ("cmp", ["E119"])


@settings(max_examples=count(25, 400), suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_no_mutation_of_either_ends_in_a_fault(actor, data) -> None:
    bad = data.draw(mutated(copy.deepcopy(data.draw(st.sampled_from([REQUEST, SPECIMEN])))))
    given = [{"resource": each} for each in (own.PATIENT, own.ENCOUNTER, REQUEST, bad)]
    whole = {"resourceType": "Bundle", "type": "batch", "entry": given}
    try:
        batch = read_batch(json.dumps(whole), "file")
    except (Refused, UnicodeEncodeError):  # half a surrogate pair is no text that a file could hold
        return
    import_bundle(actor, batch, Known())
