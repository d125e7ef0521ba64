"""Whatever a file says, importing it ends in counts, and importing it again changes nothing."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from clinic.domain.refusal import Refused
from clinic.fhir import json
from clinic.fhir.importer.bundle import read_batch
from clinic.services.import_bundle import import_bundle
from tests.clinic.fhir.importer import records as own
from tests.clinic.fhir.importer.records import bundle
from tests.clinic.fhir.jsons import mutated
from tests.counts import count

# A fresh database for each example would cost more than the import; each example is its own file, whatever is there.
fuzzing = settings(max_examples=count(25, 500), suppress_health_check=[HealthCheck.function_scoped_fixture])


@fuzzing
@given(kind=st.sampled_from(["transaction", "batch", "collection"]), data=st.data())
def test_a_mutated_bundle_is_taken_or_refused_and_again_is_no_change(practice, kind, data):
    value = data.draw(mutated(bundle(own.PATIENT, own.PAYER, own.COVERAGE, own.ENCOUNTER, own.OBSERVATION, kind=kind)))
    actor = practice.actor("biller")
    try:
        text = json.dumps(value)
        batch = read_batch(text, "a.json")
    except (UnicodeEncodeError, Refused):
        return
    first = import_bundle(actor, batch)
    assert first.created + first.updated + first.unchanged + first.refused == len(batch.entries)
    again = import_bundle(actor, batch)
    assert (again.created, again.refused) == (0, first.refused)


@pytest.mark.parametrize(
    "name",
    ["é" * 5000, "O'Neil; DROP TABLE patient;--", "\u202e right to left", "李 小龍", "\u0000", "\U0001f600"],
    ids=lambda name: ascii(name[:4]),
)
@pytest.mark.parametrize("start", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00", "2026-02-30", "2026"])
def test_odd_names_and_times_come_in_or_are_refused(practice, name, start):
    patient = own.PATIENT | {
        "name": [{"family": name, "given": [name]}],
        "identifier": [{"system": "a", "value": name}],
    }
    encounter = own.ENCOUNTER | {"period": {"start": start}, "reasonCode": [{"text": name}]}
    value = bundle(patient, encounter, kind="batch")
    value["entry"][1]["fullUrl"] = f"urn:{name}"
    batch = read_batch(json.dumps(value), "a.json")
    outcome = import_bundle(practice.actor("biller"), batch)
    assert outcome.created + outcome.refused == 2
