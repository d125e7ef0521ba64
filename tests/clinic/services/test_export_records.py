"""Records go out whole, valid, in one moment, and come in elsewhere as the same rows."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from sqlalchemy import select

from clinic.base import db
from clinic.domain.refusal import Refused
from clinic.fhir import check, r4
from clinic.fhir.json import loads
from clinic.models import (
    Coverage,
    JournalAct,
    Note,
    Observation,
    Patient,
    Payer,
    Problem,
    Visit,
    VisitAct,
)
from clinic.services import export_records as export_records_
from clinic.services.acting import NotAllowed
from clinic.services.export_records import export_records
from clinic.services.exporting import pages
from clinic.services.exporting.kinds import EXPORTS
from clinic.services.importing.references import Known
from clinic.services.merge_patients import merge_patients
from tests.clinic.fhir.importer.records import bundle
from tests.clinic.services.exported import dump, export, take_folder, values
from tests.clinic.services.taking import take
from tests.counts import count
from tests.fixtures.people import make_patient, make_practice, make_visit

RECORD = (Patient, Coverage, Visit, Problem, VisitAct, Observation, Note)


@pytest.fixture
def manager(practice):
    """Who may export."""
    return practice.actor("manager")


@pytest.fixture
def full(practice):
    """A practice with every kind of row, one of each odd shape."""
    take(practice.actor("biller"), bundle())
    first, second = make_patient(practice), make_patient(practice, "O'Neil", "Zoë", covered=False)
    second.middle, second.suffix, second.sex, second.country = "Ann Marie", "Jr", "U", "CA"
    visit, dental = make_visit(practice, first), make_visit(practice, second, date(2026, 4, 30))
    dental.department, dental.location_id, dental.reason = "dental", None, None
    # Late in the evening at the place, the next day in UTC.
    visit.started_at, visit.ended_at = datetime(2026, 5, 5, 3, 30, tzinfo=UTC), datetime(2026, 5, 5, 4, tzinfo=UTC)
    home = {"practice_id": practice.row.id, "patient_id": first.id}
    at = {"practice_id": practice.row.id, "visit_id": visit.id}
    db.session.add_all(
        [
            Problem(**home, visit_id=None, system=None, code=None, words="says he is tired", status="resolved"),
            Problem(
                **home, visit_id=visit.id, system="icd10cm", code="I10", words="blood pressure", onset=date(2020, 1, 2)
            ),
            Problem(**home, visit_id=visit.id, system="icd10cm", code="J209", words="x", status="entered-in-error"),
            VisitAct(
                **at, system="http://example.org/acts", code="A 1", words="rinse", quantity=Decimal("2.5"), unit="ML"
            ),
            VisitAct(
                **at,
                words="looked at it",
                quantity=Decimal(3),
                performed_at=datetime(2026, 5, 5, 3, 40, 1, 5, tzinfo=UTC),
            ),
            *(
                Observation(**at, system="loinc", code="8310-5", words="temperature", value=value, unit=unit)
                for value, unit in (("38.20", "Cel"), ("<0.5", "mg/dL"), ("7", None), ("007", None), ("yes; no", None))
            ),
            *(
                Note(
                    **at,
                    section=section,
                    text=f"{section}\nline two",
                    author_name="A. Verma",
                    written_at=visit.started_at,
                )
                for section in ("subjective", "objective", "plan", "document")
            ),
            Coverage(
                **home,
                payer_id=practice.payer.id,
                rank="S",
                member_id="W1",
                filing="MB",
                insurance_type="12",
                relation="01",
                subscriber_last="Calloway",
                subscriber_first="Otto",
                subscriber_birth=date(1960, 2, 3),
                subscriber_sex="M",
                subscriber_street="1 Elm",
                subscriber_city="Duluth",
                subscriber_state="MN",
                subscriber_postal_code="55802",
                assigns_benefits="N",
                release="I",
                plan_name="Silver",
                starts=date(2024, 1, 1),
                ends=date(2026, 12, 31),
            ),
        ]
    )
    db.session.commit()
    return practice


def test_every_resource_is_valid_and_every_reference_leads_somewhere(full, manager, tmp_path):
    written = export(manager, tmp_path / "out")
    assert set(written) == {
        "Organization",
        "Location",
        "Practitioner",
        "Patient",
        "Coverage",
        "Encounter",
        "Condition",
        "Procedure",
        "Observation",
        "DocumentReference",
    }
    there = {f"{kind}/{each['id']}" for kind, listed in written.items() for each in listed}
    for path in (tmp_path / "out").iterdir():
        for line in path.read_bytes().splitlines():
            resource = loads(line)
            assert (resource["resourceType"], r4.faults(resource), check.check(resource)) == (path.stem, (), ())
            inside = {f"#{each['id']}" for each in resource.get("contained", ())}
            assert set(references(resource)) <= there | inside


def references(value):
    """Every reference text in a resource."""
    if isinstance(value, dict):
        for name, child in value.items():
            yield from [child] if name == "reference" else references(child)
    elif isinstance(value, list):
        for child in value:
            yield from references(child)


def test_it_comes_in_elsewhere_as_the_same_rows_once(full, manager, other_practice, tmp_path):
    export(manager, tmp_path / "out")
    there = other_practice.actor("manager")
    first = take_folder(there, tmp_path / "out")
    assert (first.updated, first.unchanged, first.refused) == (0, 0, 0)
    assert {remark.problem for remark in first.remarks} <= {"possible-duplicate"}
    for model in RECORD:
        # Charts are numbered where they are kept, and a note's author there is a name.
        here = values(model, full.row.id, *NOT_SAID)
        assert here
        assert values(model, other_practice.row.id, *NOT_SAID) == here
    names = [row["name"] for row in values(Payer, full.row.id)]
    assert [row["name"] for row in values(Payer, other_practice.row.id)] == [*names[:1], *names[1:]]
    again = take_folder(there, tmp_path / "out")
    assert (again.created, again.updated, again.refused) == (0, 0, 0)


def test_exported_again_from_there_it_says_the_same_of_the_same(full, manager, other_practice, tmp_path):
    here = export(manager, tmp_path / "here")
    take_folder(other_practice.actor("manager"), tmp_path / "here")
    there = export(other_practice.actor("manager"), tmp_path / "there")
    # What a practice has of its own (itself, its places, its colleagues) stays beside what came in.
    kinds = set(here) - {"Organization", "Location", "Practitioner"}
    assert len(kinds) == 7
    for kind in kinds:
        assert sorted(said(each, here) for each in here[kind]) == sorted(said(each, there) for each in there[kind])


def said(resource, written):
    """What a resource says: no ids, and in place of references the names of what they mean."""
    names = {f"{kind}/{each['id']}": name(each) for kind, listed in written.items() for each in listed}
    return dump(without_ids(resource, names))


def name(resource):
    """What people would call it by."""
    return dump([resource.get("name"), resource.get("period", {}).get("start")])


# A visit without a place is at the only place there is, where it comes in.
UNSAID = ("id", "identifier", "location", "serviceProvider")


def without_ids(value, names):
    if isinstance(value, dict):
        return {
            key: names.get(child, child) if key == "reference" else without_ids(child, names)
            for key, child in value.items()
            if key not in UNSAID
        }
    return [without_ids(child, names) for child in value] if isinstance(value, list) else value


def test_two_practices_with_the_same_ids_stay_apart_where_both_come_in(app, practice, other_practice, tmp_path):
    for house in (practice, other_practice):
        make_visit(house, make_patient(house, house.row.name.split()[0]))
    third = make_practice("Third Street", "third")
    for number, house in enumerate((practice, other_practice)):
        export(house.actor("manager"), tmp_path / str(number))
        assert take_folder(third.actor("manager"), tmp_path / str(number)).updated == 0
    assert len(values(Patient, third.row.id)) == 2
    assert {row["text"] for row in values(Note, third.row.id)} == {"Essential hypertension, above goal."}
    assert len(values(Note, third.row.id)) == 2


def test_a_row_that_came_from_elsewhere_keeps_the_identifier_it_came_with(full, manager, tmp_path):
    named = {"system": "http://example.org/mrn", "value": "M-1"}
    patient = next(each for each in export(manager, tmp_path / "out")["Patient"] if named in each["identifier"])
    assert patient["name"][0]["family"] == "Calloway"
    assert patient["identifier"][0]["system"].startswith("urn:cabinet:practice:")
    assert [each for each in patient["identifier"] if "ssn" in each["system"]] == []


def test_a_merged_patient_is_not_active_and_names_who_stands_for_both(practice, manager, tmp_path):
    stays, goes = make_patient(practice), make_patient(practice, "Callaway")
    merge_patients(manager, goes.id, stays.id, "one person")
    db.session.commit()
    written = {each["id"]: each for each in export(manager, tmp_path / "out")["Patient"]}
    assert written[f"patient-{stays.id}"]["active"] is True
    merged = written[f"patient-{goes.id}"]
    assert (merged["active"], merged["link"]) == (
        False,
        [{"other": {"reference": f"Patient/patient-{stays.id}"}, "type": "replaced-by"}],
    )


def test_only_the_types_asked_for_are_written_and_no_empty_file(practice, manager, tmp_path):
    make_patient(practice)
    assert list(export(manager, tmp_path / "out", "Patient", "Encounter")) == ["Patient"]


def test_all_pages_are_written(practice, manager, tmp_path, monkeypatch):
    monkeypatch.setattr(pages, "PAGE", 3)
    made = [make_patient(practice, f"Last{number}", covered=False).id for number in range(7)]
    written = export(manager, tmp_path / "out")["Patient"]
    assert [each["id"] for each in written] == [f"patient-{number}" for number in made]


def test_the_act_is_in_the_journal_with_counts_and_the_digest_of_the_bytes(practice, manager, tmp_path):
    make_patient(practice)
    export(manager, tmp_path / "out")
    act = db.session.scalars(select(JournalAct).where(JournalAct.act == "record.export")).one()
    assert (act.actor_id, act.thing, act.thing_id) == (manager.staff_id, "practice", practice.row.id)
    assert act.detail == "Organization=2 Location=1 Practitioner=1 Patient=1 Coverage=1"
    assert len(act.digest) == 64


def test_nothing_is_overwritten_and_nothing_half_written_is_left(practice, manager, tmp_path, monkeypatch):
    full = tmp_path / "full"
    full.mkdir()
    (full / "mine.txt").write_text("x")
    (tmp_path / "file").write_text("x")
    for out in (full, tmp_path / "file", tmp_path / "none" / "out"):
        with pytest.raises(Refused) as refusal:
            export_records(manager, out)
        assert str(out) in str(refusal.value)
        assert "\n" not in str(refusal.value)
    with pytest.raises(Refused):
        export_records(manager, tmp_path / "out", ["Patients"])
    monkeypatch.setattr(export_records_, "TOLD", 1)
    with pytest.raises(RuntimeError):
        export_records(manager, tmp_path / "out", tell=fail)
    assert sorted(path.name for path in tmp_path.iterdir() if path.name != "instance") == ["file", "full"]
    empty = tmp_path / "empty"
    empty.mkdir()
    assert export(manager, empty)["Location"]


def fail(_written):
    """Something goes wrong half way."""
    raise RuntimeError("half way")


def test_who_may_not_export_is_told_before_a_file_is_made(practice, tmp_path):
    for role in ("assistant", "biller", "provider"):
        with pytest.raises(NotAllowed):
            export_records(practice.actor(role), tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_another_practices_rows_stay_where_they_are(practice, other_practice, manager, tmp_path):
    make_visit(other_practice, make_patient(other_practice, "Elsewhere"))
    written = export(manager, tmp_path / "out")
    assert "Patient" not in written
    assert [each["name"] for each in written["Location"]] == ["Main Street"]


@pytest.mark.shared
@pytest.mark.parametrize("style", ["synthea", "synthea-2020", "synthea-conditional-refs"])
def test_generated_records_go_out_valid_and_come_in_elsewhere_as_the_same(
    practice, manager, other_practice, shared_dir, tmp_path, style
):
    files = sorted((shared_dir / "fhir" / style).glob("*.json"), key=lambda file: file.stat().st_size)
    around = [file for file in files if file.name.startswith(("hospital", "practitioner"))]
    known = Known()
    for file in [*around, next(file for file in files if file not in around)]:
        take(practice.actor("biller"), file.read_bytes(), known, file.name)
    written = export(manager, tmp_path / "out", *EXPORTS)
    for resource in (each for kind, listed in written.items() if kind != "Claim" for each in listed[:: count(7, 1)]):
        assert (r4.faults(resource), check.check(resource)) == ((), ())
    first = take_folder(other_practice.actor("manager"), tmp_path / "out")
    assert (first.updated, first.unchanged, first.refused) == (0, 0, 0)
    for model in (Patient, Visit, Problem, VisitAct, Observation, Note):
        here = values(model, practice.row.id, *NOT_SAID)
        assert here or model in (Note, Problem)
        assert sorted(map(dump, values(model, other_practice.row.id, *NOT_SAID))) == sorted(map(dump, here))
    again = take_folder(other_practice.actor("manager"), tmp_path / "out")
    assert (again.created, again.updated, again.refused) == (0, 0, 0)


NOT_SAID = ("chart_number", "place_key", "place_words", "name_key")
"""Columns that a practice fills by itself."""
