"""Records come in: into the right rows, once, all or nothing where a bundle says so, and kept byte for byte."""

import copy
import json
from datetime import date

import pytest
from sqlalchemy import func, select

from clinic.base import db
from clinic.fhir.importer.bundle import read_batch
from clinic.models import (
    Coverage,
    Fact,
    ForeignResource,
    Import,
    JournalAct,
    Note,
    Observation,
    Patient,
    Payer,
    Problem,
    Provider,
    Visit,
    VisitAct,
)
from clinic.services.acting import NotAllowed
from clinic.services.import_bundle import SLICE, import_bundle
from clinic.services.importing.references import Known
from clinic.services.merge_patients import merge_patients
from tests.clinic.fhir.importer import records as own
from tests.clinic.fhir.importer.records import bundle, text
from tests.clinic.services.taking import only, rows, take
from tests.fixtures.people import make_patient


def test_a_whole_record_comes_in_whatever_the_order_of_its_entries(practice, actor):
    counts, remarks = take(actor, bundle())
    assert counts == (len(own.ALL), 0, 0, 0)
    assert remarks == []
    patient, visit = only(Patient), only(Visit)
    assert (patient.last, patient.first, patient.middle, patient.name_key) == (
        "Calloway",
        "Beatrix",
        "Ann",
        "calloway beatrix",
    )
    assert patient.chart_number == "000001"
    assert visit.patient_id == patient.id
    # The only place is in Chicago's zone, where it was still the day before.
    assert (visit.on, visit.location_id, visit.reason) == (date(2026, 5, 4), practice.location.id, "cough")
    assert visit.provider.npi == "1234567893"
    assert visit.provider.outside
    problem, act, found, note = only(Problem), only(VisitAct), only(Observation), only(Note)
    assert (problem.visit_id, problem.system, problem.code) == (visit.id, "icd10cm", "J209")
    assert (act.visit_id, act.system, act.code) == (visit.id, "cpt", "94640")
    assert (found.visit_id, found.value, found.unit) == (visit.id, "38.2", "Cel")
    assert (note.visit_id, note.text, note.author_name) == (visit.id, own.NOTE_TEXT, "Dr. Okafor")
    policy = only(Coverage)
    assert policy.payer.name == "Lakeside Health Plan"
    assert (policy.patient_id, policy.member_id, policy.relation) == (patient.id, "LHP-1", "18")


@pytest.mark.parametrize("kind", ["transaction", "batch", "collection"])
def test_again_changes_nothing(actor, kind):
    take(actor, bundle(kind=kind))
    before = {model: rows(model) for model in (Patient, Visit, Note, Problem, Provider, Payer, ForeignResource, Fact)}
    counts, remarks = take(actor, bundle(kind=kind))
    assert counts == (0, 0, len(own.ALL), 0)
    assert remarks == []
    assert before == {model: rows(model) for model in before}


def test_another_layout_of_the_same_text_is_no_change(actor):
    take(actor, bundle())
    counts, _ = take(actor, json.dumps(bundle(), sort_keys=True).encode())
    assert counts == (0, 0, len(own.ALL), 0)


def test_what_has_no_row_of_ours_is_kept_byte_for_byte(actor):
    raw = b'{ "resourceType":"Immunization",\n "id":"i1","status":"completed","vaccineCode":{"text":"flu"},'
    raw += b'"patient":{"reference":"Patient/9"},"occurrenceDateTime":"2026-05-05","doseQuantity":{"value":0.50} }'
    counts, remarks = take(actor, raw)
    assert counts == (1, 0, 0, 0)
    assert remarks == []
    kept = only(ForeignResource)
    assert (kept.body, kept.type, kept.key, kept.thing) == (raw, "Immunization", "Immunization/i1", None)


def test_a_bad_entry_is_named_by_number_with_the_reason_and_without_its_data(actor):
    bad = own.PATIENT | {"gender": "Calloway", "id": "p2", "identifier": []}
    counts, (remark,) = take(actor, bundle(own.PATIENT, bad, kind="batch"))
    assert counts == (1, 0, 0, 1)
    assert (remark.entry, remark.type, remark.action, remark.problem) == (2, "Patient", "refused", "invalid")
    assert "Patient.gender" in remark.message or "Patient.identifier" in remark.message
    assert "Calloway" not in remark.message
    assert rows(Patient) == 1


def test_a_transaction_with_a_bad_entry_leaves_nothing_but_its_journal_row(actor):
    bad = own.OBSERVATION | {"status": "nonsense"}
    counts, (remark,) = take(actor, bundle(own.PATIENT, own.ENCOUNTER, bad))
    assert counts == (0, 0, 0, 3)
    assert remark.entry == 3
    assert [rows(model) for model in (Patient, Visit, ForeignResource, Fact)] == [0, 0, 0, 0]
    assert only(Import).refused == 3
    assert only(JournalAct).act == "record.import"


def test_a_contradiction_found_while_placing_takes_a_transaction_back_too(actor):
    """An observation whose subject is one patient and whose encounter is another's is nobody's."""
    other = own.PATIENT | {"id": "p2", "identifier": [], "name": [{"family": "Other"}]}
    del other["identifier"]
    mixed = own.OBSERVATION | {"subject": {"reference": "urn:uuid:p2"}}
    counts, (remark,) = take(actor, bundle(own.PATIENT, other, own.ENCOUNTER, mixed))
    assert counts == (0, 0, 0, 4)
    assert (remark.entry, remark.problem) == (4, "invalid")
    assert rows(Patient) == 0
    counts, remarks = take(actor, bundle(own.PATIENT, other, own.ENCOUNTER, mixed, kind="batch"))
    assert counts == (3, 0, 0, 1)
    assert [remark.entry for remark in remarks if remark.action == "refused"] == [4]
    assert rows(Observation) == 0


@pytest.mark.parametrize("method", ["DELETE", "GET", "PATCH", ""])
def test_a_request_that_brings_no_record_is_refused(actor, method):
    value = bundle(own.PATIENT, kind="batch")
    value["entry"][0]["request"] = {"method": method, "url": "Patient/1"}
    counts, _ = take(actor, value)
    assert counts == (0, 0, 0, 1)


def test_only_what_the_source_changed_is_changed_and_a_fact_says_what_was_there(actor):
    take(actor, bundle())
    patient = only(Patient)
    patient.phone = "218-555-0199"  # corrected at the front desk
    db.session.commit()
    moved = copy.deepcopy(own.PATIENT)
    moved["address"][0]["line"] = ["9 Birch Road"]
    counts, _ = take(actor, bundle(moved))
    assert counts == (0, 1, 0, 0)
    patient = only(Patient)
    assert (patient.street, patient.phone) == ("9 Birch Road", "218-555-0199")
    fact = db.session.scalars(select(Fact).where(Fact.type == "patient.changed_by_import")).one()
    assert fact.body == {"before": {"street": "218 Alder Lane"}, "after": {"street": "9 Birch Road"}}


def test_an_old_version_given_again_does_not_undo_a_newer_one(actor):
    newer = own.PATIENT | {"birthDate": "1967-03-15"}
    assert take(actor, bundle(own.PATIENT))[0] == (1, 0, 0, 0)
    assert take(actor, bundle(newer))[0] == (0, 1, 0, 0)
    assert take(actor, bundle(own.PATIENT))[0] == (0, 0, 1, 0)
    assert take(actor, bundle(newer))[0] == (0, 0, 1, 0)
    assert only(Patient).birth == date(1967, 3, 15)
    old = db.session.scalars(select(Fact).where(Fact.type == "foreign_resource.superseded")).one()
    assert json.loads(old.body["body"]) == own.PATIENT


def test_what_a_document_says_anew_is_a_further_note(actor):
    take(actor, bundle())
    changed = own.DOCUMENT | {"content": [{"attachment": {"contentType": "text/plain", "data": "TmV3"}}]}
    counts, _ = take(actor, bundle(changed))
    assert counts == (0, 1, 0, 0)
    assert set(db.session.scalars(select(Note.text))) == {own.NOTE_TEXT, "New"}


def test_a_report_and_its_document_with_the_same_words_are_one_note(actor):
    report = {
        "resourceType": "DiagnosticReport",
        "id": "t1",
        "status": "final",
        "code": {"text": "visit note"},
        "subject": {"reference": "urn:uuid:p1"},
        "encounter": {"reference": "urn:uuid:e1"},
        "presentedForm": [own.DOCUMENT["content"][0]["attachment"]],
    }
    take(actor, bundle(own.PATIENT, own.ENCOUNTER, report, own.DOCUMENT))
    assert rows(Note) == 1


def test_what_the_source_withdraws_is_told_and_stays(actor):
    take(actor, bundle())
    counts, (remark,) = take(actor, bundle(own.OBSERVATION | {"status": "entered-in-error"}))
    assert counts == (0, 1, 0, 0)
    assert remark.problem == "withdrawn"
    assert rows(Observation) == 1


def test_what_comes_before_its_patient_is_placed_when_the_patient_has_come(actor):
    known = Known()
    counts, remarks = take(actor, bundle(own.ENCOUNTER, own.OBSERVATION, kind="batch"), known)
    assert counts == (2, 0, 0, 0)
    assert {remark.problem for remark in remarks} == {"kept"}
    take(actor, bundle(own.PATIENT, own.PRACTITIONER), known)
    counts, _ = take(actor, bundle(own.ENCOUNTER, own.OBSERVATION, kind="batch"), known)
    assert counts == (0, 2, 0, 0)
    assert only(Observation).visit_id == only(Visit).id
    counts, _ = take(actor, bundle(own.ENCOUNTER, own.OBSERVATION, kind="batch"), known)
    assert counts == (0, 0, 2, 0)


def test_what_comes_for_a_visit_of_a_merged_patient_is_taken(practice, actor):
    take(actor, bundle(own.PATIENT, own.ENCOUNTER))
    merge_patients(practice.actor("manager"), only(Patient).id, make_patient(practice, "Stays").id, "one person")
    counts, remarks = take(actor, bundle(own.PATIENT, own.ENCOUNTER, own.OBSERVATION, own.CONDITION))
    assert (counts, remarks) == ((2, 0, 2, 0), [])
    assert only(Observation).visit_id == only(Visit).id


def test_two_resources_under_one_business_identifier_stay_two(actor):
    first = own.OBSERVATION | {"identifier": [{"system": "http://example.org/panel", "value": "1"}]}
    second = first | {"id": "b2", "valueQuantity": {"value": 39, "unit": "Cel"}}
    value = bundle(own.PATIENT, own.ENCOUNTER, first, second)
    assert take(actor, value)[0] == (4, 0, 0, 0)
    assert rows(Observation) == 2
    assert take(actor, value)[0] == (0, 0, 4, 0)


def test_create_if_none_exists_leaves_what_is_there(actor):
    take(actor, bundle(own.PRACTITIONER))
    value = bundle(own.PRACTITIONER | {"name": [{"family": "Renamed"}]})
    value["entry"][0]["request"]["ifNoneExist"] = "identifier=http://hl7.org/fhir/sid/us-npi|1234567893"
    assert take(actor, value)[0] == (0, 0, 1, 0)
    assert set(db.session.scalars(select(Provider.last))) == {"Verma", "Okafor"}


def test_create_if_none_exists_finds_it_under_another_identifier_and_links_to_it(actor):
    first = own.PATIENT | {"identifier": [{"system": "http://example.org/b", "value": "B-1"}]}
    take(actor, bundle(first))
    both = [{"system": "http://example.org/a", "value": "A-1"}, *first["identifier"]]
    value = bundle(own.PATIENT | {"identifier": both}, own.ENCOUNTER)
    value["entry"][0]["request"]["ifNoneExist"] = "identifier=http%3A%2F%2Fexample.org%2Fb%7CB-1"
    assert take(actor, value)[0] == (1, 0, 1, 0)
    assert only(Visit).patient_id == only(Patient).id


@pytest.mark.parametrize(
    "text_of",
    ["Patient?identifier=http://example.org/mrn|M-1", "Patient?identifier=http%3A%2F%2Fexample.org%2Fmrn%7CM-1"],
)
def test_a_patient_is_met_by_a_conditional_reference_in_the_file_and_later(actor, text_of):
    met = {"subject": {"reference": text_of}}
    assert take(actor, bundle(own.ENCOUNTER | met, own.PATIENT))[0] == (2, 0, 0, 0)
    take(actor, bundle(own.CONDITION | met, kind="batch"))
    patient = only(Patient)
    assert (only(Visit).patient_id, only(Problem).patient_id) == (patient.id, patient.id)
    logical = {"subject": {"identifier": {"system": "http://example.org/mrn", "value": "M-1"}}}
    take(actor, bundle(own.CONDITION | logical | {"id": "k2"}, kind="batch"))
    assert set(db.session.scalars(select(Problem.patient_id))) == {patient.id}
    counts, remarks = take(
        actor, bundle(own.CONDITION | {"id": "k3", "subject": {"reference": text_of + "0"}}, kind="batch")
    )
    assert (counts, [remark.problem for remark in remarks]) == ((1, 0, 0, 0), ["kept"])


def test_lines_of_ndjson_stand_each_for_itself(actor):
    lines = [
        own.PATIENT,
        {"resourceType": "Patient", "gender": "x"},
        own.IMMUNIZATION,
        own.ENCOUNTER | {"subject": {"reference": "Patient/p1"}},
    ]
    raw = b"\n".join(json.dumps(line).encode() for line in lines) + b"\nnot json\n"
    counts, remarks = take(actor, raw, None, "all.ndjson")
    assert counts == (3, 0, 0, 2)
    assert [remark.entry for remark in remarks if remark.action == "refused"] == [5, 2]
    assert only(Visit).patient_id == only(Patient).id
    assert take(actor, raw, None, "all.ndjson")[0] == (0, 0, 3, 2)


def test_a_long_batch_is_committed_in_slices_under_one_import(actor):
    many = [own.OBSERVATION | {"id": f"b{number}"} for number in range(SLICE * 2)]
    told = []
    value = bundle(own.PATIENT, own.ENCOUNTER, *many, kind="batch")
    outcome = import_bundle(actor, read_batch(text(value), "a.json"), tell=told.append)
    assert outcome.created == SLICE * 2 + 2
    assert sum(told) == SLICE * 2 + 2
    assert only(Import).created == SLICE * 2 + 2
    assert rows(JournalAct) == 3
    assert {act.thing_id for act in db.session.scalars(select(JournalAct))} == {only(Import).id}


def test_the_journal_row_holds_the_files_digest_and_counts_only(actor):
    batch = read_batch(text(bundle()), "a.json")
    import_bundle(actor, batch)
    act = only(JournalAct)
    assert (act.act, act.thing, act.actor_id, act.digest) == ("record.import", "import", actor.staff_id, batch.sha256)
    assert act.detail == f"created={len(own.ALL)} updated=0 unchanged=0 refused=0"


def test_another_practices_records_are_never_met(practice, other_practice, actor):
    take(actor, bundle())
    counts, _ = take(other_practice.actor("biller"), bundle())
    assert counts == (len(own.ALL), 0, 0, 0)
    visits = db.session.execute(select(Visit.practice_id, Patient.practice_id).join(Visit.patient)).all()
    assert len(visits) == 2
    assert all(visit == patient for visit, patient in visits)


def test_who_may_not_import_is_told_before_anything_is_written(practice):
    with pytest.raises(NotAllowed):
        take(practice.actor("provider"), bundle())
    db.session.rollback()
    assert rows(ForeignResource) == 0


def test_an_empty_bundle_is_an_import_of_nothing(actor):
    for kind in ("transaction", "batch"):
        assert take(actor, {"resourceType": "Bundle", "type": kind})[0] == (0, 0, 0, 0)
    assert rows(Import) == 2


@pytest.mark.shared
@pytest.mark.parametrize("style", ["synthea", "synthea-2020", "synthea-conditional-refs"])
def test_generated_records_of_three_styles_come_in_and_again_change_nothing(actor, shared_dir, style):
    files = sorted((shared_dir / "fhir" / style).glob("*.json"), key=lambda file: file.stat().st_size)
    around = [file for file in files if file.name.startswith(("hospital", "practitioner"))]
    chosen = [*around, next(file for file in files if file not in around)]
    first, again = Known(), Known()
    for file in chosen:
        counts, remarks = take(actor, file.read_bytes(), first, file.name)
        assert counts[3] == 0
        assert [remark for remark in remarks if remark.problem != "kept"] == []
    assert rows(Patient) == 1
    assert rows(Visit) >= 10
    assert db.session.scalar(select(func.count(Visit.provider_id))) == rows(Visit)
    kept = rows(ForeignResource)
    for file in chosen:
        counts, _ = take(actor, file.read_bytes(), again, file.name)
        assert (counts[0], counts[1], counts[3]) == (0, 0, 0)
    assert rows(ForeignResource) == kept
