"""Each type is read into its record, leniently where the record may be partial, and never past its own shape."""

import base64
from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clinic.fhir import json
from clinic.fhir.importer.bundle import Entry
from clinic.fhir.importer.columns import columns, local_day
from clinic.fhir.importer.keys import addresses, base, meanings, natural_key
from clinic.fhir.importer.people import Place
from clinic.fhir.importer.plain_text import of_html
from clinic.fhir.importer.reading import READERS, Bad, judge, read_record
from clinic.fhir.importer.records import Kept, Passage
from clinic.fhir.importer.timing import Moment
from tests.clinic.fhir.importer import records as own
from tests.clinic.fhir.importer.records import text
from tests.clinic.fhir.jsons import mutated
from tests.counts import count


def read(resource, **changes):
    """The record of a resource with changes, as the importer reads it."""
    return read_record(json.loads(text(resource | changes)))


def test_every_resource_of_ours_is_sound_and_becomes_a_record():
    for resource in own.ALL:
        plain = json.loads(text(resource))
        assert judge(plain) is None
        assert isinstance(read_record(plain), Kept) == (resource["resourceType"] not in READERS)


def test_patient():
    record = read(own.PATIENT)
    assert (record.name.last, record.name.first, record.name.middle) == ("Calloway", "Beatrix", "Ann")
    assert (record.birth, record.sex, record.phone) == (date(1967, 3, 14), "F", "2185550100")
    assert record.place == Place(street="218 Alder Lane", city="Two Harbors", state="MN", postal_code="556161234")


def test_a_patient_may_be_partial_but_not_nameless():
    record = read(own.PATIENT, birthDate="1967-03", name=[{"text": "Beatrix Calloway"}], address=[{"city": "Ely"}])
    assert (record.birth, record.name.last, record.place) == (None, "Beatrix Calloway", Place(city="Ely"))
    assert read({"resourceType": "Patient"}).why
    assert read({"resourceType": "Patient", "name": [{"use": "old"}]}).why


@pytest.mark.parametrize(
    ("text", "state"), [("Massachusetts", "MA"), (" minnesota", "MN"), ("MN", "MN"), ("Bavaria", "Bavaria")]
)
def test_states_that_are_spelled_out_are_known(text, state):
    assert read(own.PATIENT, address=[{"state": text}]).place.state == state


def test_a_wrong_check_digit_is_no_npi():
    right, wrong = read(own.PRACTITIONER), own.PRACTITIONER["identifier"][0] | {"value": "9999999899"}
    assert (right.npi, right.profession) == ("1234567893", "physician")
    assert read(own.PRACTITIONER, identifier=[wrong]).npi is None
    assert read(own.PRACTITIONER, name=[{"family": "Ro", "suffix": ["DDS"]}]).profession == "dentist"
    qualified = {"code": {"coding": [{"system": "http://nucc.org/provider-taxonomy", "code": "207Q00000X"}]}}
    assert read(own.PRACTITIONER, qualification=[qualified]).taxonomy == "207Q00000X"


def test_an_insurer_is_known_by_its_type():
    assert not read(own.PAYER).pays
    assert read(own.PAYER, type=[{"coding": [{"code": "ins"}]}]).pays


def test_coverage():
    record = read(own.COVERAGE)
    assert (record.member_id, record.rank, record.relation, record.group_number) == ("LHP-1", None, "18", "G7")
    assert (record.subscriber, record.release, record.assigns_benefits) == (None, None, None)
    child = read(
        own.COVERAGE,
        subscriber={"reference": "urn:uuid:other"},
        relationship={"coding": [{"code": "child"}]},
        order=2,
        period={"start": "2026-01-01"},
    )
    assert (child.relation, child.rank, child.subscriber, child.starts) == (
        "19",
        "S",
        "urn:uuid:other",
        date(2026, 1, 1),
    )
    assert read({name: value for name, value in own.COVERAGE.items() if name != "subscriberId"}).why
    assert read(own.COVERAGE, status="cancelled") == Kept()


def test_codes_of_a_policy_are_those_that_people_choose_from():
    def said(name, value):
        return {"url": f"urn:cabinet:fhir:{name}", "valueCode": value}

    x12 = "https://codesystem.x12.org/005010/1032"
    known = read(own.COVERAGE, type={"coding": [{"system": x12, "code": "MB"}]}, extension=[said("release", "I")])
    assert (known.filing, known.release) == ("MB", "I")
    other = read(own.COVERAGE, type={"coding": [{"system": x12, "code": "Q9"}]}, extension=[said("release", "X")])
    assert (other.filing, other.release) == (None, None)


def test_encounter():
    record = read(own.ENCOUNTER)
    assert record.started == Moment(date(2026, 5, 5), datetime(2026, 5, 5, 2, 30, tzinfo=UTC))
    assert record.reason == "cough"
    assert not record.dental
    assert read(own.ENCOUNTER, type=[{"text": "Dental consultation"}]).dental
    assert read(own.ENCOUNTER, status="cancelled") == Kept()
    assert read(own.ENCOUNTER, period={"start": "2026-05"}).why


def test_the_performer_comes_before_others_who_took_part():
    participants = [
        {"individual": {"reference": "Practitioner/nurse"}},
        {"type": [{"coding": [{"code": "PPRF"}]}], "individual": {"reference": "Practitioner/doctor"}},
    ]
    assert read(own.ENCOUNTER, participant=participants).practitioners == ("Practitioner/doctor", "Practitioner/nurse")


def test_only_an_encounters_own_words_are_a_note():
    div = '<div xmlns="http://www.w3.org/1999/xhtml"><p>Seen at home.</p></div>'
    assert read(own.ENCOUNTER, text={"status": "additional", "div": div}).note == "Seen at home."
    assert read(own.ENCOUNTER, text={"status": "generated", "div": div}).note is None


def test_a_diagnosis_code_is_preferred_and_loses_its_point():
    record = read(own.CONDITION)
    assert (record.coded.system, record.coded.code, record.coded.words) == ("icd10cm", "J209", "Acute bronchitis")
    assert (record.onset, record.status) == (date(2026, 5, 1), "active")
    assert read(own.CONDITION, clinicalStatus={"coding": [{"code": "resolved"}]}).status == "resolved"
    wrong = {"coding": [{"code": "entered-in-error"}]}
    assert read(own.CONDITION, verificationStatus=wrong).status == "entered-in-error"
    other = {"coding": [{"system": "http://example.org/own", "code": "7"}]}
    assert columns(read(own.CONDITION, code=other))["system"] == "http://example.org/own"


@pytest.mark.parametrize(
    ("value", "words", "unit"),
    [
        ({"valueQuantity": {"value": 38.2, "unit": "Cel"}}, "38.2", "Cel"),
        ({"valueQuantity": {"value": 5, "comparator": "<", "code": "mg"}}, "<5", "mg"),
        ({"valueCodeableConcept": {"text": "positive"}}, "positive", None),
        ({"valueString": "clear"}, "clear", None),
        ({"valueBoolean": False}, "no", None),
        ({"valueInteger": 3}, "3", None),
        ({"valueRange": {"low": {"value": 1}, "high": {"value": 2, "unit": "mm"}}}, "1 - 2 mm", None),
        ({"valueRatio": {"numerator": {"value": 1}, "denominator": {"value": 128}}}, "1 : 128", None),
        ({"dataAbsentReason": {"text": "not asked"}}, "not asked", None),
    ],
)
def test_values_of_observations(value, words, unit):
    plain = {name: item for name, item in own.OBSERVATION.items() if name != "valueQuantity"} | value
    record = read(plain)
    assert (record.value, record.unit) == (words, unit)


def test_parts_of_a_panel_are_joined():
    parts = [
        {"code": {"text": "systolic"}, "valueQuantity": {"value": 140, "unit": "mmHg"}},
        {"code": {"text": "diastolic"}, "valueQuantity": {"value": 90, "unit": "mmHg"}},
    ]
    plain = {name: item for name, item in own.OBSERVATION.items() if name != "valueQuantity"}
    assert read(plain, component=parts).value == "systolic 140 mmHg; diastolic 90 mmHg"
    assert read(plain) == Kept()


def test_decimals_keep_their_digits():
    raw = text(own.OBSERVATION).replace(b"38.2", b"38.20")
    assert read_record(json.loads(raw)).value == "38.20"


def test_documents_and_reports_give_their_words():
    record = read(own.DOCUMENT)
    assert record.passages == (Passage("document", own.NOTE_TEXT),)
    assert record.author == "Dr. Okafor"
    assert read(own.DOCUMENT, status="superseded") == Kept()
    pdf = {"contentType": "application/pdf", "data": base64.b64encode(b"%PDF").decode()}
    assert read(own.DOCUMENT, content=[{"attachment": pdf}]).why
    latin = {
        "contentType": "text/plain; charset=iso-8859-1",
        "data": base64.b64encode("fièvre".encode("latin-1")).decode(),
    }
    assert read(own.DOCUMENT, content=[{"attachment": latin}]).passages[0].text == "fièvre"
    report = {
        "resourceType": "DiagnosticReport",
        "status": "final",
        "code": {"text": "chest film"},
        "subject": {"reference": "urn:uuid:p1"},
        "conclusion": "No infiltrate.",
    }
    assert read(report).passages == (Passage("assessment", "No infiltrate."),)
    del report["conclusion"]
    assert read(report) == Kept()


def test_sections_of_a_composition_go_under_their_headings():
    def section(code, title, words):
        return {
            "title": title,
            "code": {"coding": [{"system": "http://loinc.org", "code": code}]},
            "text": {"status": "additional", "div": f'<div xmlns="http://www.w3.org/1999/xhtml">{words}</div>'},
        }

    composition = {
        "resourceType": "Composition",
        "status": "final",
        "type": {"text": "visit note"},
        "subject": {"reference": "urn:uuid:p1"},
        "date": "2026-05-05",
        "author": [{"display": "Dr. Okafor"}],
        "title": "Visit note",
        "section": [
            section("10164-2", "History", "Cough <b>four</b> days"),
            section("51848-0", "Assessment", "Bronchitis"),
            section("1", "Other", "Lives alone"),
        ],
    }
    assert judge(json.loads(text(composition))) is None
    assert read(composition).passages == (
        Passage("subjective", "Cough four days"),
        Passage("assessment", "Bronchitis"),
        Passage("document", "Other\nLives alone"),
    )


def test_html_becomes_lines_of_words_without_its_scripts():
    html = "<h1>A</h1><p>b  <i>c</i><br/>d</p><script>alert(1)</script>"
    html += "<table><tr><td>e</td><td>f &amp; g</td></tr></table>"
    assert of_html(html) == "A\nb c\nd\ne f & g"


def test_the_day_is_the_places_own():
    moment = Moment(date(2026, 5, 5), datetime(2026, 5, 5, 2, 30, tzinfo=UTC))
    assert local_day(moment, "America/Chicago") == date(2026, 5, 4)
    assert local_day(moment, None) == date(2026, 5, 5)
    assert local_day(Moment(date(2026, 5, 5)), "America/Chicago") == date(2026, 5, 5)


def test_a_sources_own_number_is_the_key_and_not_the_states():
    entry = Entry(number=1, body=b"", full_url="http://a.example/fhir/Patient/p1")
    assert natural_key(entry, own.PATIENT) == "http://example.org/mrn|M-1"
    assert natural_key(entry, {"resourceType": "Observation", "id": "1"}) == "http://a.example/fhir/Patient/p1"
    plain = Entry(number=1, body=b"")
    assert natural_key(plain, {"resourceType": "Observation", "id": "1"}) == "Observation/1"
    assert natural_key(plain, {"resourceType": "Observation"}).startswith("sha256:")
    for odd in ("\x00", "x" * 5000):
        named = {"resourceType": "Patient", "identifier": [{"system": "a", "value": odd}]}
        assert natural_key(plain, named).startswith("sha256:")
        assert natural_key(Entry(number=1, body=b"", full_url=odd), {}).startswith("sha256:")


def test_relative_references_are_of_the_server_that_holds_them():
    entry = Entry(number=1, body=b"", full_url="http://a.example/fhir/Patient/p1")
    assert base(entry) == "http://a.example/fhir"
    assert addresses(entry, {"resourceType": "Patient", "id": "p1"}) == ["http://a.example/fhir/Patient/p1"]
    assert addresses(Entry(number=1, body=b""), {"resourceType": "Patient", "id": "p1"}) == ["Patient/p1"]
    assert meanings("Patient/p1/_history/2", "http://a.example/fhir") == [
        "http://a.example/fhir/Patient/p1",
        "Patient/p1",
    ]
    assert meanings("Patient?identifier=a%7Cb", "http://a.example/fhir") == ["Patient?identifier=a|b"]


@settings(max_examples=count(200, 8000))
@given(st.sampled_from(own.ALL).flatmap(mutated))
def test_any_mutated_resource_is_read_kept_or_bad(resource):
    if isinstance(resource.get("resourceType"), str) and resource["resourceType"] in READERS:
        record = read_record(resource)
        if isinstance(record, Bad):
            assert "\n" not in record.text()
        elif not isinstance(record, Kept):
            columns(record)
