"""Where another system says a visit happened is kept with it; what kind of visit it was is an act of it."""

import pytest
from sqlalchemy import select

from clinic.base import db
from clinic.models import Fact, Visit, VisitAct
from clinic.services.importing.references import Known
from tests.clinic.fhir.importer import records as own
from tests.clinic.fhir.importer.records import bundle
from tests.clinic.services.mapped import CHECK_UP, PLACE, RECORD, THEIR_PLACE, WHO, encounter, take_in
from tests.clinic.services.taking import only, rows, take

CONDITIONAL = {"reference": "Organization?identifier=https://clinic.example/places|77", "display": "Their house"}


def visit():
    return only(Visit)


def place():
    return visit().place_key, visit().place_words


def test_a_place_of_theirs_is_kept_by_its_key_and_name(actor) -> None:
    take(actor, bundle(own.PATIENT, PLACE, WHO, encounter("e1", "2026-05-04")))
    assert (place(), visit().location_id) == ((THEIR_PLACE, "PCP36514"), None)
    assert take(actor, bundle(own.PATIENT, PLACE, WHO, encounter("e1", "2026-05-04")))[0] == (0, 0, 4, 0)


def test_a_place_that_came_in_an_earlier_file_is_known_by_the_same_key(actor) -> None:
    take(actor, bundle(PLACE))
    take(actor, bundle(own.PATIENT, encounter("e1", "2026-05-04", serviceProvider=CONDITIONAL)), Known())
    assert place() == (THEIR_PLACE, "Their house")


def test_a_place_that_never_came_is_known_by_what_it_is_referred_to_with(actor) -> None:
    take(actor, bundle(own.PATIENT, encounter("e1", "2026-05-04", serviceProvider=CONDITIONAL)))
    assert place() == (THEIR_PLACE, "Their house")


def test_a_location_counts_before_the_organisation(actor) -> None:
    at = [{"location": {"reference": "Location/12", "display": "Room"}}]
    take(actor, bundle(own.PATIENT, PLACE, encounter("e1", "2026-05-04", location=at)))
    assert place() == ("Location/12", "Room")


@pytest.mark.parametrize("named", [{}, {"serviceProvider": {"reference": "urn:uuid:w1"}}])
def test_a_visit_at_a_place_of_ours_has_no_foreign_one(actor, practice, named) -> None:
    ours = PLACE | {"name": practice.location.name}
    made = encounter("e1", "2026-05-04")
    del made["serviceProvider"]
    take(actor, bundle(own.PATIENT, ours, made | named))
    assert (visit().location_id, place()) == (practice.location.id, (None, None))


def test_a_source_that_changes_the_place_changes_it_here_once(actor) -> None:
    take(actor, bundle(own.PATIENT, PLACE, encounter("e1", "2026-05-04")))
    moved = encounter("e1", "2026-05-04", serviceProvider={"reference": "Organization/9", "display": "Other house"})
    assert take(actor, bundle(own.PATIENT, moved))[0] == (0, 1, 1, 0)
    assert place() == ("Organization/9", "Other house")
    assert take(actor, bundle(own.PATIENT, moved))[0] == (0, 0, 2, 0)


def test_a_visit_kept_before_places_were_gets_its_place_by_the_same_file_once(actor) -> None:
    file = bundle(own.PATIENT, PLACE, encounter("e1", "2026-05-04"))
    take(actor, file)
    row = visit()
    row.place_key = row.place_words = None
    db.session.commit()
    assert take(actor, file)[0] == (0, 1, 2, 0)
    assert place() == (THEIR_PLACE, "PCP36514")
    fact = db.session.scalars(select(Fact).where(Fact.type == "visit.changed_by_import")).one()
    assert fact.body["after"] == {"place_key": THEIR_PLACE, "place_words": "PCP36514"}
    assert take(actor, file)[0] == (0, 0, 3, 0)


def test_a_place_that_was_chosen_here_stays(actor, practice) -> None:
    file = bundle(own.PATIENT, PLACE, encounter("e1", "2026-05-04"))
    take(actor, file)
    row = visit()
    row.place_key, row.place_words, row.location_id = None, None, practice.location.id
    db.session.commit()
    assert take(actor, file)[0] == (0, 0, 3, 0)
    assert place() == (None, None)


def test_a_name_too_long_for_a_key_is_kept_by_its_digest(actor) -> None:
    far = {"reference": "https://far.example/" + "x" * 3000, "display": "Far"}
    take(actor, bundle(own.PATIENT, encounter("e1", "2026-05-04", serviceProvider=far)))
    key, words = place()
    assert key.startswith("sha256:")
    assert words == "Far"


def test_the_kind_of_visit_is_an_act_and_its_procedure_is_not_a_second(actor) -> None:
    cpt = {"coding": [{"system": "http://www.ama-assn.org/go/cpt", "code": "94640"}]}
    take(actor, bundle(own.PATIENT, encounter("e1", "2026-05-04", type=[cpt, CHECK_UP]), own.PROCEDURE))
    acts = db.session.scalars(select(VisitAct).order_by(VisitAct.id)).all()
    assert [(row.system, row.code) for row in acts] == [("cpt", "94640"), ("snomed", "185349003")]
    assert acts[0].performed_at is not None
    second = own.PROCEDURE | {"id": "r2"}
    take(actor, bundle(own.PATIENT, encounter("e1", "2026-05-04", type=[cpt, CHECK_UP]), own.PROCEDURE, second))
    assert db.session.query(VisitAct).count() == 3


def test_the_whole_record_again_changes_nothing(actor) -> None:
    assert take_in(actor)[0] == (len(RECORD), 0, 0, 0)
    before = {model: rows(model) for model in (Visit, VisitAct, Fact)}
    assert take_in(actor)[0] == (0, 0, len(RECORD), 0)
    assert {model: rows(model) for model in before} == before
