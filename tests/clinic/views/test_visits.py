"""A visit's page, entering and moving one, and what is written at it: through HTTP."""

import re
from datetime import date

import pytest

from billing.services.billed_visits import visit_is_billed, visit_moves
from clinic import ports
from clinic.base import db
from clinic.models import Fact, Note, Patient, Problem, Visit, VisitAct
from clinic.services.merge_patients import merge_patients
from tests.clinic.views.counting import statements
from tests.clinic.views.reading import seen_last
from tests.fixtures.house import log_in
from tests.fixtures.people import make_patient, make_visit

MOST_STATEMENTS = 18


@pytest.fixture
def patient(practice):
    return make_patient(practice)


@pytest.fixture
def visit(practice, patient):
    return make_visit(practice, patient)


@pytest.fixture
def enter_as(client, practice):
    def entered(role: str):
        return log_in(client, practice.actor(role), practice)

    return entered


@pytest.fixture(autouse=True)
def asked_of_billing():
    ports.fill(visit_is_billed=visit_is_billed, visit_moves=visit_moves)


def text(answer) -> str:
    return answer.get_data(as_text=True)


def test_all_of_a_visit_is_seen(enter_as, visit, patient) -> None:
    page = text(enter_as("biller").get(f"/visits/{visit.id}"))
    for part in ("Calloway, Beatrix", "Essential hypertension, above goal.", "99213", "Anand Verma", "Main Street"):
        assert part in page
    assert f'action="/claims/of-visit/{visit.id}"' in page
    assert f"/visits/{visit.id}/notes" not in page
    assert page.count("<h1") == 1
    assert not re.search(r"\sstyle=|\son[a-z]+=|<style", page)
    assert seen_last() == ("visits.show", {patient.id})


def test_what_a_provider_is_offered(enter_as, visit) -> None:
    page = text(enter_as("provider").get(f"/visits/{visit.id}"))
    assert f'action="/visits/{visit.id}/notes"' in page
    assert "/claims/of-visit/" not in page
    assert f"/visits/{visit.id}/move" not in page


def test_a_visit_costs_the_same_however_full(enter_as, practice, visit) -> None:
    client = enter_as("manager")
    costs = []
    for _round in range(3):
        with statements() as sent:
            client.get(f"/visits/{visit.id}")
        costs.append(len(sent))
        for number in range(5):
            db.session.add(
                Problem(practice_id=practice.row.id, patient_id=visit.patient_id, visit_id=visit.id, words="x")
            )
            db.session.add(VisitAct(practice_id=practice.row.id, visit_id=visit.id, words=f"y{number}"))
            db.session.add(
                Note(
                    practice_id=practice.row.id,
                    visit_id=visit.id,
                    section="plan",
                    text="z",
                    written_at=visit.created_at,
                )
            )
        db.session.commit()
    assert costs[1] == costs[2]
    assert max(costs) <= MOST_STATEMENTS


def test_a_visit_is_entered(enter_as, patient, practice) -> None:
    client = enter_as("assistant")
    page = text(client.get(f"/patients/{patient.id}/visits/new"))
    assert re.search(rf'<option selected value="{practice.provider.id}">', page)
    typed = {
        "on": "5/1/2026",
        "location_id": str(practice.location.id),
        "provider_id": "",
        "reason": "cough",
        "department": "medical",
    }
    answer = client.post(f"/patients/{patient.id}/visits/new", data=typed)
    row = db.session.query(Visit).one()
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/visits/{row.id}")
    assert (row.on, row.patient_id, row.provider_id) == (date(2026, 5, 1), patient.id, None)


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"on": ""}, "on"),
        ({"on": "yesterday"}, "on"),
        ({"on": "2999-01-01"}, "on"),
        ({"location_id": "999"}, "location_id"),
        ({"department": "legal"}, "department"),
    ],
)
def test_a_visit_that_cannot_be(enter_as, patient, practice, typed, field: str) -> None:
    good = {"on": "2026-05-01", "location_id": str(practice.location.id), "provider_id": "", "department": "medical"}
    answer = enter_as("biller").post(f"/patients/{patient.id}/visits/new", data=good | typed)
    assert answer.status_code == 422
    assert f'id="{field}-wrong"' in text(answer)
    assert f'href="#{field}"' in text(answer)
    assert db.session.query(Visit).count() == 0


def test_notes_problems_and_acts_are_written(enter_as, visit) -> None:
    client = enter_as("provider")
    base = f"/visits/{visit.id}"
    assert (
        client.post(f"{base}/notes", data={"text": "Third <b>reading</b>.", "section": "objective"}).status_code == 303
    )
    assert client.post(f"{base}/problems", data={"text": "hyper", "code": "I10"}).status_code == 303
    assert client.post(f"{base}/problems", data={"text": "knee hurts", "onset": "3/1/2026"}).status_code == 303
    assert client.post(f"{base}/acts", data={"text": "36415", "quantity": "2"}).status_code == 303
    page = text(client.get(base))
    assert "Third &lt;b&gt;reading&lt;/b&gt;." in page
    for part in ("Essential (primary) hypertension", "knee hurts", "1 Mar 2026", "blood draw, vein"):
        assert part in page
    problem = db.session.query(Problem).filter_by(code="I10").one()
    assert client.post(f"/problems/{problem.id}/withdraw").status_code == 303
    assert "<del>Essential (primary) hypertension</del>" in text(client.get(base))


@pytest.mark.parametrize(
    ("path", "typed", "at"),
    [
        ("notes", {"text": " ", "section": "plan"}, "text-wrong"),
        ("notes", {"text": "x", "section": "preface"}, None),
        ("problems", {"text": ""}, "add-problem-wrong"),
        ("problems", {"text": "x", "code": "ZZZ"}, "add-problem-wrong"),
        ("problems", {"text": "x", "onset": "soon"}, "add-problem-wrong"),
        ("acts", {"text": ""}, "add-act-wrong"),
        ("acts", {"text": "x", "quantity": "many"}, "add-act-wrong"),
        ("acts", {"text": "x", "quantity": "0"}, "add-act-wrong"),
        ("acts", {"text": "x", "code": "99999"}, "add-act-wrong"),
    ],
)
def test_what_is_wrong_stands_at_the_field(enter_as, visit, path, typed, at) -> None:
    before = db.session.query(Fact).count()
    answer = enter_as("provider").post(f"/visits/{visit.id}/{path}", data=typed)
    assert answer.status_code == 422
    assert at is None or f'id="{at}"' in text(answer)
    assert db.session.query(Fact).count() == before


def test_lists_under_the_fields(enter_as, visit) -> None:
    client = enter_as("assistant")
    codes = text(client.get(f"/visits/{visit.id}/codes?text=essential+hypertension"))
    assert 'form="add-problem"' in codes
    assert 'value="I10"' in codes
    charges = text(client.get(f"/visits/{visit.id}/charges?text=blood"))
    assert 'form="add-act"' in charges
    assert "36415" in charges
    for empty in ("codes?text=h", "codes", "charges?text=zzz", "charges?text=%25"):
        assert "<button" not in text(client.get(f"/visits/{visit.id}/{empty}"))


def test_a_visit_is_moved(enter_as, practice, visit, patient) -> None:
    other = make_patient(practice, "Osei", "Marvin")
    client = enter_as("biller")
    page = text(client.get(f"/visits/{visit.id}/move?q=osei"))
    assert f'value="{other.id}"' in page
    assert seen_last() == ("moves.visit", {patient.id, other.id})
    for missing in ("other", "reason"):
        typed = {"other": str(other.id), "reason": "wrong chart", "q": "osei"} | {missing: ""}
        wrong = client.post(f"/visits/{visit.id}/move", data=typed)
        assert (wrong.status_code, f'id="{missing}-wrong"' in text(wrong)) == (422, True)
    typed = {"other": str(other.id), "reason": "wrong chart", "q": "osei"}
    assert client.post(f"/visits/{visit.id}/move", data=typed).status_code == 303
    assert db.session.get_one(Visit, visit.id, populate_existing=True).patient_id == other.id
    for each in (patient, other):
        page = text(client.get(f"/patients/{each.id}"))
        assert "wrong chart" in page
        assert f"/visits/{visit.id}" in page


def test_a_visit_under_a_claim_stays(enter_as, practice, visit, patient) -> None:
    other = make_patient(practice, "Osei", "Marvin")
    client = enter_as("biller")
    client.post(f"/claims/of-visit/{visit.id}")
    refused = client.post(f"/visits/{visit.id}/move", data={"other": str(other.id), "reason": "x", "q": "osei"})
    assert (refused.status_code, 'id="other-wrong"' in text(refused)) == (422, True)
    assert db.session.get_one(Visit, visit.id, populate_existing=True).patient_id == patient.id


def test_a_merged_charts_visit_shows_whose_it_is_now(enter_as, practice, visit, patient) -> None:
    other = make_patient(practice, "Osei", "Marvin")
    merge_patients(practice.actor("manager"), patient.id, other.id, "same card")
    page = text(enter_as("biller").get(f"/visits/{visit.id}"))
    assert "<h1>Osei, Marvin</h1>" in page
    assert patient.chart_number in page
    assert seen_last() == ("visits.show", {patient.id, other.id})
    assert db.session.get_one(Patient, patient.id).merged_into_id == other.id
