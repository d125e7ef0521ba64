"""Who and where: the people, payers and places of an import are the ones that are here, where they are the same."""

import copy
from collections import Counter
from datetime import date

from sqlalchemy import select

from clinic.base import db
from clinic.models import Coverage, Fact, Location, Patient, Payer, Provider, Visit, VisitAct
from clinic.services import visit_facts
from clinic.services.patient_facts import particulars_of, policy_of, standing_of
from tests.clinic.fhir.importer import records as own
from tests.clinic.fhir.importer.records import bundle
from tests.clinic.services.taking import only, rows, take
from tests.fixtures.people import make_patient


def test_a_practitioner_who_works_here_is_linked_and_not_changed(practice, actor):
    npi = practice.provider.npi
    ours = own.PRACTITIONER | {"identifier": [{"system": "http://hl7.org/fhir/sid/us-npi", "value": npi}]}
    encounter = copy.deepcopy(own.ENCOUNTER)
    encounter["participant"][0]["individual"] = {"reference": "urn:uuid:d1"}
    take(actor, bundle(own.PATIENT, ours, encounter))
    take(actor, bundle(ours | {"name": [{"family": "Renamed"}]}))
    assert only(Visit).provider_id == practice.provider.id
    db.session.expire_all()
    assert (practice.provider.last, practice.provider.outside) == ("Verma", False)
    assert rows(Provider) == 1


def test_an_absent_practitioner_is_told_once(actor):
    second = own.ENCOUNTER | {"id": "e2", "period": {"start": "2026-05-09"}}
    counts, (remark,) = take(actor, bundle(own.PATIENT, own.ENCOUNTER, second))
    assert counts == (3, 0, 0, 0)
    assert remark.problem == "unresolved"


def test_a_payer_of_the_same_name_is_the_same_payer(practice, actor):
    take(actor, bundle(own.PATIENT, own.PAYER | {"name": practice.payer.name.upper()}, own.COVERAGE))
    assert rows(Payer) == 1
    assert only(Coverage).payer_id == practice.payer.id
    assert only(Coverage).filing == practice.payer.filing


def test_payers_and_subscribers_may_be_contained(actor):
    father = {
        "resourceType": "RelatedPerson",
        "id": "s",
        "patient": {"reference": "urn:uuid:p1"},
        "name": [{"family": "Calloway", "given": ["Amos"]}],
        "birthDate": "1940-01-02",
    }
    payer = {name: value for name, value in own.PAYER.items() if name != "id"} | {"id": "pay"}
    coverage = own.COVERAGE | {
        "contained": [father, payer],
        "payor": [{"reference": "#pay"}],
        "subscriber": {"reference": "#s"},
        "relationship": {"coding": [{"code": "child"}]},
    }
    counts, remarks = take(actor, bundle(own.PATIENT, coverage))
    assert counts == (2, 0, 0, 0)
    assert remarks == []
    policy = only(Coverage)
    assert policy.payer.name == "Lakeside Health Plan"
    assert (policy.relation, policy.subscriber_first, policy.subscriber_birth) == ("19", "Amos", date(1940, 1, 2))


def test_an_act_without_its_encounter_belongs_to_the_only_visit_of_that_day(actor):
    act = {name: value for name, value in own.PROCEDURE.items() if name != "encounter"}
    take(actor, bundle(own.PATIENT, own.ENCOUNTER | {"period": {"start": "2026-05-05"}}, act))
    assert only(VisitAct).visit_id == only(Visit).id
    other = act | {"id": "r2", "performedDateTime": "2026-06-01"}
    _, (remark,) = take(actor, bundle(own.PATIENT, other))
    assert remark.problem == "kept"


def test_a_visit_elsewhere_is_at_no_place_of_ours(practice, actor):
    elsewhere = {"resourceType": "Organization", "id": "h1", "name": "Another Hospital"}
    take(actor, bundle(own.PATIENT, elsewhere, own.ENCOUNTER | {"serviceProvider": {"reference": "urn:uuid:h1"}}))
    assert only(Visit).location_id is None
    assert only(Visit).on == date(2026, 5, 5)
    here = {"resourceType": "Organization", "id": "h2", "name": practice.row.name.upper()}
    second = own.ENCOUNTER | {"id": "e2", "serviceProvider": {"reference": "urn:uuid:h2"}}
    take(actor, bundle(own.PATIENT, here, second))
    assert practice.location.id in set(db.session.scalars(select(Visit.location_id)))
    assert rows(Location) == 1


def test_patients_that_may_be_the_same_are_told_and_never_merged(practice, actor):
    there = make_patient(practice)
    alike = own.PATIENT | {"name": [{"family": "CALLOWAY", "given": ["Béatrix"]}]}
    counts, (remark,) = take(actor, bundle(alike))
    assert counts == (1, 0, 0, 0)
    assert (remark.problem, remark.same_as) == ("possible-duplicate", (there.id,))
    assert rows(Patient) == 2


def test_what_comes_for_a_merged_patient_goes_to_the_one_that_stands(practice, actor):
    take(actor, bundle(own.PATIENT))
    standing = make_patient(practice, "Calloway", "Bea")
    only_imported = db.session.scalars(select(Patient).where(Patient.id != standing.id)).one()
    only_imported.merged_into_id = standing.id
    db.session.commit()
    take(actor, bundle(own.PATIENT, own.ENCOUNTER))
    assert only(Visit).patient_id == standing.id


def test_the_same_bare_id_of_two_systems_is_not_one_patient(actor):
    first = {"resourceType": "Patient", "id": "1", "name": [{"family": "Ames"}], "birthDate": "1950-01-01"}
    second = {"resourceType": "Patient", "id": "1", "name": [{"family": "Bell"}], "birthDate": "1960-01-01"}
    assert take(actor, first)[0] == (1, 0, 0, 0)
    counts, (remark,) = take(actor, second)
    assert counts == (0, 0, 0, 1)
    assert remark.action == "refused"
    assert only(Patient).last == "Ames"


def test_policies_without_an_order_take_the_first_rank_that_is_free(actor):
    second = own.COVERAGE | {"id": "c2", "subscriberId": "LHP-2"}
    over = own.COVERAGE | {"id": "c3", "subscriberId": "LHP-0", "period": {"start": "2020-01-01", "end": "2020-12-31"}}
    first = own.COVERAGE | {"period": {"start": "2026-01-01"}}
    take(actor, bundle(own.PATIENT, own.PAYER, first, second | {"period": {"start": "2026-02-01"}}, over))
    found = {row.member_id: row.rank for row in db.session.scalars(select(Coverage))}
    assert found == {"LHP-1": "P", "LHP-2": "S", "LHP-0": "P"}
    counts, (remark,) = take(actor, bundle(own.COVERAGE | {"id": "c4", "order": 1}))
    assert counts == (1, 0, 0, 0)
    assert remark.problem == "kept"


def test_what_an_import_makes_is_told_like_what_is_entered_by_hand(actor):
    """Law 2: the facts alone make the patient and the policies that the rows say."""
    take(actor, bundle())
    take(actor, bundle(own.PATIENT | {"birthDate": "1967-03-15"}, own.COVERAGE | {"subscriberId": "LHP-9"}))
    patient, policy = only(Patient), only(Coverage)
    standing = standing_of(actor, patient.id)
    assert (standing.chart_number, standing.particulars) == (patient.chart_number, particulars_of(patient))
    assert standing.policies == ((policy.id, policy_of(policy)),)
    assert standing.particulars.birth == date(1967, 3, 15)
    assert policy.member_id == "LHP-9"
    visit = only(Visit)
    told = visit_facts.standing_of(actor, visit.id).visit
    assert (told.on, told.location_id, told.provider_id) == (visit.on, visit.location_id, visit.provider_id)
    types = Counter(db.session.scalars(select(Fact.type).where(Fact.thing.in_(("payer", "provider")))))
    assert types == {"payer.entered": 1, "provider.entered": 1}
