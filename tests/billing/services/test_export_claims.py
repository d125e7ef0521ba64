"""Our claims go out as FHIR: readable by themselves, and told of where they come in."""

import json

import pytest

from billing.domain.canonical import from_json
from billing.fhir.check import check_claim
from billing.fhir.claim import from_fhir
from billing.models import ForeignClaim, SubmittedClaim
from billing.services.claim_value import claim_of, load
from billing.services.read_claims import read_claims
from billing.services.send_claims import send_claims
from clinic.base import db
from clinic.fhir import check, r4
from clinic.fhir.json import loads
from clinic.models import Patient, Visit
from clinic.services.export_records import export_records
from tests.billing.services.steps import coded_claim, ready_claim
from tests.clinic.services.exported import take_folder
from tests.fixtures.people import make_patient, make_visit


@pytest.fixture
def claims(practice):
    """One that left, one in coding, and a visit that nobody coded."""
    sent, open_ = ready_claim(practice, "Sent"), coded_claim(practice, "Open")
    send_claims(practice.actor("biller"), [sent])
    make_visit(practice, make_patient(practice, "Waiting"))
    return sent, open_


def written(practice, folder):
    """The Claims of an export, by id."""
    export_records(practice.actor("manager"), folder)
    lines = (folder / "Claim.ndjson").read_bytes().splitlines()
    return {resource["id"]: resource for resource in map(loads, lines)}


def test_a_claim_that_left_says_what_left_and_the_other_what_would(practice, claims, tmp_path):
    sent, open_ = claims
    resources = written(practice, tmp_path / "out")
    assert set(resources) == {f"claim-{sent}", f"claim-{open_}"}
    left, draft = resources[f"claim-{sent}"], resources[f"claim-{open_}"]
    assert (left["status"], draft["status"]) == ("active", "draft")
    assert from_fhir(left) == from_json(db.session.query(SubmittedClaim).one().snapshot)
    assert from_fhir(draft) == claim_of(load(practice.actor("biller"), open_))


def test_later_corrections_do_not_change_what_left(practice, claims, tmp_path):
    patient = db.session.query(Patient).filter_by(last="Sent").one()
    patient.last = "Married"
    db.session.commit()
    left = written(practice, tmp_path / "out")[f"claim-{claims[0]}"]
    assert from_fhir(left).patient.name.last == "SENT"


def test_they_are_valid_and_name_the_patient_and_visit_of_the_export(practice, claims, tmp_path):
    for resource in written(practice, tmp_path / "out").values():
        assert (r4.faults(resource), check.check(resource), check_claim(resource)) == ((), (), ())
        patients = [json.loads(line) for line in (tmp_path / "out" / "Patient.ndjson").read_text().splitlines()]
        (inner,) = (each for each in resource["contained"] if each["resourceType"] == "Patient")
        (meant,) = (each for each in patients if each["identifier"][0] == inner["identifier"][0])
        assert meant["name"][0]["family"].upper() == inner["name"][0]["family"]
        visits = {item["encounter"][0]["reference"] for item in resource["item"]}
        assert len(visits) == 1
        assert visits.pop().startswith("Encounter/visit-")


def test_the_file_is_one_that_claim_commands_read(practice, claims, tmp_path):
    written(practice, tmp_path / "out")
    file = tmp_path / "out" / "Claim.ndjson"
    source = read_claims(file.read_bytes(), str(file))
    assert (source.form, len(source.claims)) == ("fhir", 2)


def test_elsewhere_they_are_told_of_at_their_visits(practice, claims, other_practice, tmp_path):
    resources = written(practice, tmp_path / "out")
    there = other_practice.actor("manager")
    assert take_folder(there, tmp_path / "out").refused == 0
    rows = db.session.query(ForeignClaim).order_by(ForeignClaim.id).all()
    assert [row.practice_id for row in rows] == [other_practice.row.id] * 2
    for row, (identity, resource) in zip(rows, sorted(resources.items()), strict=True):
        assert identity.startswith("claim-")
        visit = db.session.get_one(Visit, row.visit_id)
        assert (visit.practice_id, visit.patient_id) == (other_practice.row.id, row.patient_id)
        assert (row.status, row.total_cents, row.payer_words) == (resource["status"], 12000, "NORTHLAKE MUTUAL")
        assert row.number == resource["identifier"][1]["value"]
    again = take_folder(there, tmp_path / "out")
    assert (again.created, again.updated, again.refused) == (0, 0, 0)


def test_one_that_lacks_what_a_claim_must_have_is_left_out_and_counted(practice, claims, tmp_path):
    practice.payer.payer_number = None
    db.session.commit()
    done = {each.type: each for each in export_records(practice.actor("manager"), tmp_path / "out")}
    assert (done["Claim"].count, done["Claim"].left_out) == (1, 1)
    assert (done["Patient"].count, done["Patient"].left_out) == (3, 0)
