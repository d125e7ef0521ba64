"""Files of every form become numbered entries with their own bytes; what is no FHIR is refused."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clinic.domain.refusal import Refused
from clinic.fhir.importer.bundle import digest, kinds, read_batch
from tests.clinic.fhir.importer.records import ALL, OBSERVATION, PATIENT, bundle, text
from tests.clinic.fhir.jsons import anything, mutated
from tests.counts import count


def test_a_transaction_is_atomic_and_its_entries_count_from_one():
    batch = read_batch(text(bundle()), "a.json")
    assert batch.atomic
    assert [entry.number for entry in batch.entries] == list(range(1, len(ALL) + 1))
    assert {entry.method for entry in batch.entries} == {"POST"}
    assert batch.entries[0].full_url == "urn:uuid:i1"


@pytest.mark.parametrize("kind", ["batch", "collection", "searchset", "document"])
def test_other_bundles_are_not(kind):
    batch = read_batch(text(bundle(kind=kind)), "a.json")
    assert not batch.atomic
    assert len(batch.entries) == len(ALL)


def test_a_resource_keeps_its_own_bytes():
    raw = b'{ "resourceType" : "Patient",\n"id":"1", "multipleBirthInteger": 2e0 }'
    whole = b'{"resourceType":"Bundle","type":"collection","entry":[{"resource":' + raw + b"}]}"
    assert read_batch(whole, "a.json").entries[0].body == raw
    assert read_batch(b"\xef\xbb\xbf" + raw, "a.json").entries[0].body == raw
    line = raw.replace(b"\n", b" ")
    assert read_batch(line + b"\r\n\n" + line + b"\n", "a.ndjson").entries[1].body == line


def test_ndjson_is_known_by_its_name_or_its_lines_and_numbered_by_them():
    line = json.dumps(PATIENT).encode()
    for name in ("Patient.ndjson", "Patient.json"):
        assert [entry.number for entry in read_batch(line + b"\n\n" + line, name).entries] == [1, 3]


def test_an_entry_that_asks_for_nothing_in_a_transaction_is_told_apart_from_a_collection():
    value = bundle()
    del value["entry"][0]["request"]
    assert read_batch(text(value), "a.json").entries[0].method == ""
    assert read_batch(text(bundle(kind="collection")), "a.json").entries[0].method is None


def test_kinds_are_the_types_within():
    assert kinds(read_batch(text(bundle(PATIENT, OBSERVATION)), "a.json")) == {"Patient", "Observation"}


def test_the_digest_is_of_what_is_said_not_of_how():
    assert digest(PATIENT) == digest(dict(reversed(PATIENT.items())))
    assert digest(PATIENT) != digest(PATIENT | {"gender": "male"})


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"hello",
        b"[]",
        b"7",
        b"{}",
        b'{"resourceType":7}',
        b'{"resourceType":"Bundle"}',
        b'{"resourceType":"Bundle","type":"history","entry":[]}',
        b'{"resourceType":"Bundle","type":"transaction-response"}',
        b'{"resourceType":"Bundle","type":"batch","entry":{}}',
        b"[" * 100_000,
        b'{"resourceType":"Patient"',
        b"\xff\xfe{",
    ],
)
@pytest.mark.parametrize("name", ["a.json", "a.ndjson"])
def test_what_is_no_fhir_is_refused_with_the_files_name(raw, name):
    if name.endswith("ndjson") and raw.startswith(b"{") and raw.endswith(b"}"):
        assert len(read_batch(raw, name).entries) == 1
        return
    with pytest.raises(Refused) as refusal:
        read_batch(raw, name)
    assert refusal.value.where == name
    assert "\n" not in str(refusal.value)


@settings(max_examples=count(60, 3000))
@given(st.one_of(st.binary(max_size=60), anything.map(lambda value: repr(value).encode(errors="replace"))))
def test_any_bytes_are_read_or_refused(raw):
    for name in ("a.json", "a.ndjson"):
        try:
            read_batch(raw, name)
        except Refused as refusal:
            assert refusal.where.startswith("a.")  # noqa: PT017  a refusal is one of two right answers


@settings(max_examples=count(60, 3000))
@given(mutated(bundle(PATIENT, OBSERVATION)))
def test_a_mutated_bundle_is_read_or_refused(value):
    raw = json.dumps(value, default=str).encode()
    try:
        batch = read_batch(raw, "a.json")
    except Refused:
        return
    kinds(batch)
