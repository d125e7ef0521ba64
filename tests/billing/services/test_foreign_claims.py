"""Claims of other systems come in as rows, once, and are told of where the same would be billed again."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from billing.models import ForeignClaim
from billing.services.foreign_claims import held_elsewhere
from clinic.base import db
from clinic.domain.refusal import Refused
from clinic.fhir import json
from clinic.fhir.importer.bundle import read_batch
from clinic.models import ForeignResource, Visit
from clinic.services.import_bundle import import_bundle
from clinic.services.importing.references import Known
from tests.billing.fhir.test_foreign_claim import CLAIM
from tests.billing.services.steps import coded_claim
from tests.clinic.fhir.importer import records as own
from tests.clinic.fhir.importer.records import bundle
from tests.clinic.fhir.jsons import mutated
from tests.clinic.services.taking import only, rows, take
from tests.clinic.views.counting import statements
from tests.counts import count
from tests.fixtures.house import log_in
from tests.fixtures.people import make_patient, make_visit

RECORD = (own.PATIENT, own.ENCOUNTER)


@pytest.fixture
def actor(practice):
    """Who may import."""
    return practice.actor("biller")


def test_a_claim_made_elsewhere_stands_at_its_visit_and_again_is_no_change(actor):
    counts, remarks = take(actor, bundle(CLAIM, *RECORD, own.PRACTITIONER))
    assert (counts, remarks) == ((4, 0, 0, 0), [])
    row, visit = only(ForeignClaim), only(Visit)
    assert (row.visit_id, row.patient_id, row.number, row.total_cents) == (visit.id, visit.patient_id, "77-4", 12916)
    assert take(actor, bundle(CLAIM, *RECORD))[0] == (0, 0, 3, 0)
    assert rows(ForeignClaim) == 1


def test_what_its_source_changes_is_changed_and_a_withdrawn_one_stays_as_such(actor):
    take(actor, bundle(CLAIM, *RECORD))
    assert take(actor, bundle(CLAIM | {"status": "cancelled"}, *RECORD))[0] == (0, 1, 2, 0)
    assert only(ForeignClaim).status == "cancelled"
    fact = db.session.query(ForeignResource).filter_by(type="Claim").one()
    assert (fact.thing, fact.thing_id) == ("foreign_claim", only(ForeignClaim).id)
    take(actor, bundle(CLAIM | {"status": "entered-in-error"}, *RECORD))
    assert held_elsewhere(actor.practice_id, [only(Visit)]) == []


def test_it_may_come_before_its_patient(actor):
    known = Known()
    counts, (remark,) = take(actor, bundle(CLAIM, kind="batch"), known)
    assert (counts, remark.problem) == ((1, 0, 0, 0), "kept")
    assert rows(ForeignClaim) == 0
    take(actor, bundle(*RECORD), known)
    assert take(actor, bundle(CLAIM, kind="batch"), known)[0] == (0, 1, 0, 0)
    assert only(ForeignClaim).visit_id == only(Visit).id


def test_a_claim_of_one_patient_for_the_visit_of_another_is_refused(actor):
    other = {"resourceType": "Patient", "id": "p2", "name": [{"family": "Other"}]}
    mixed = CLAIM | {"patient": {"reference": "urn:uuid:p2"}}
    counts, (remark,) = take(actor, bundle(other, mixed, *RECORD))
    assert (counts, remark.entry) == ((0, 0, 0, 4), 2)
    assert rows(ForeignClaim) == 0


def test_its_insurer_is_looked_up_where_no_words_say_it(actor):
    nameless = {"insurance": [{"sequence": 1, "focal": True, "coverage": {"reference": "urn:uuid:c1"}}]}
    take(actor, bundle(CLAIM | nameless, *RECORD, own.PAYER, own.COVERAGE))
    assert only(ForeignClaim).payer_words == "Lakeside Health Plan"


def test_a_claim_without_a_visit_is_told_of_by_its_days(actor):
    bare = CLAIM | {"item": [{"sequence": 1, "productOrService": {"text": "visit"}}], "billablePeriod": None}
    del bare["billablePeriod"]
    for days, told in (("2026-05-04", True), ("2026-05-01", False)):
        value = bare | {"id": days, "identifier": [], "billablePeriod": {"start": days, "end": days}}
        del value["identifier"]
        take(actor, bundle(value, *RECORD))
        found = [row.starts.isoformat() for row in held_elsewhere(actor.practice_id, [only(Visit)])]
        assert (days in found) is told


def test_a_request_for_approval_bills_nothing(actor):
    take(actor, bundle(CLAIM | {"use": "preauthorization"}, *RECORD))
    assert only(ForeignClaim).use == "preauthorization"
    assert held_elsewhere(actor.practice_id, [only(Visit)]) == []


def test_another_practices_are_never_told_of(actor, practice, other_practice):
    take(other_practice.actor("biller"), bundle(CLAIM, *RECORD))
    assert held_elsewhere(actor.practice_id, [only(Visit)]) == []


def foreign(practice, visit):
    """A claim of another system for a visit."""
    row = ForeignClaim(
        practice_id=practice.row.id,
        patient_id=visit.patient_id,
        visit_id=visit.id,
        number="77-4",
        use="claim",
        status="active",
        created_on=visit.on,
        payer_words="Harbor <b>Health",
        total_cents=412916,
        currency="EUR",
    )
    db.session.add(row)
    db.session.commit()


def test_the_visits_page_tells_of_it_once(client, practice):
    visit = make_visit(practice, make_patient(practice))
    log_in(client, practice.actor("biller"), practice)
    page = f"/visits/{visit.id}"
    assert "77-4" not in client.get(page).get_data(as_text=True)
    foreign(practice, visit)
    with statements() as sent:
        text = client.get(page).get_data(as_text=True)
    assert text.count("77-4, Harbor &lt;b&gt;Health, 4 May 2026, 4,129.16 EUR, active") == 1
    assert len([each for each in sent if "foreign_claim" in each]) == 1


def test_the_coding_desk_tells_of_it_once(client, practice):
    claim_id = coded_claim(practice)
    foreign(practice, only(Visit))
    log_in(client, practice.actor("biller"), practice)
    client.get(f"/claims/{claim_id}/code")
    with statements() as sent:
        text = client.get(f"/claims/{claim_id}/code").get_data(as_text=True)
    assert text.count("77-4, Harbor &lt;b&gt;Health") == 1
    assert len([each for each in sent if "foreign_claim" in each]) == 1


@pytest.mark.shared
@pytest.mark.parametrize("style", ["synthea", "synthea-2020", "synthea-conditional-refs"])
def test_claims_of_generated_records_stand_at_their_visits(actor, shared_dir, style):
    files = sorted((shared_dir / "fhir" / style).glob("*.json"), key=lambda file: file.stat().st_size)
    around = [file for file in files if file.name.startswith(("hospital", "practitioner"))]
    known = Known()
    for file in [*around, next(file for file in files if file not in around)]:
        take(actor, file.read_bytes(), known, file.name)
    made = db.session.query(ForeignClaim).all()
    assert len(made) >= 10
    assert len(made) == db.session.query(ForeignResource).filter_by(type="Claim").count()
    assert [row for row in made if row.visit_id is None or row.total_cents is None or not row.payer_words] == []
    assert db.session.query(ForeignResource).filter_by(type="ExplanationOfBenefit", thing=None).count() >= 10


@settings(max_examples=count(15, 300), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_mutated_claim_is_taken_or_refused_and_again_is_no_change(practice, data):
    value = data.draw(mutated(bundle(CLAIM, *RECORD, kind="batch")))
    actor = practice.actor("biller")
    try:
        batch = read_batch(json.dumps(value), "a.json")
    except (UnicodeEncodeError, Refused):
        return
    first = import_bundle(actor, batch)
    again = import_bundle(actor, batch)
    assert (again.created, again.refused) == (0, first.refused)
