"""What a claim is made of, through HTTP: split, visits, withdrawn, without a visit, superbill; few statements each."""

import re
from datetime import date

import pypdfium2 as pdfium
import pytest

from billing.coding.changes import AddDiagnosis, SetLine
from billing.models import ClaimRecord, ClaimVisit
from billing.services.change_claim import change_claim
from billing.services.claim_value import coding_of
from billing.services.join_visits import join_visit
from billing.services.open_claim import open_claim
from billing.services.open_without_visit import open_without_visit
from clinic.base import db
from clinic.domain.code import ICD10CM, Code
from clinic.models import Problem, Visit
from clinic.services.merge_patients import merge_patients
from tests.billing.services.shaping import THIRTEEN, add_line, other_provider, second_policy, two_visits
from tests.billing.services.steps import coded_claim, ready_claim
from tests.clinic.views.counting import statements
from tests.clinic.views.reading import seen_last
from tests.fixtures.house import log_in
from tests.fixtures.people import make_patient, make_visit

MOST_STATEMENTS = 12
"""Beside what the shell asks on every page: who it is, their practice, their queues."""


@pytest.fixture
def biller(client, practice):
    return log_in(client, practice.actor("biller"), practice)


def text(answer) -> str:
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


def newest() -> ClaimRecord:
    return db.session.query(ClaimRecord).order_by(ClaimRecord.id.desc()).first()


def test_ticked_lines_go_to_a_second_claim(biller, practice) -> None:
    claim_id = coded_claim(practice)
    number = add_line(practice, claim_id)
    record = db.session.get_one(ClaimRecord, claim_id)
    policy, provider = second_policy(practice, record.patient_id), other_provider(practice)
    page = text(biller.get(f"/claims/{claim_id}/code"))
    assert f'name="line" value="{number}"' in page
    assert 'name="by"' not in page
    form = {"line": number, "coverage_id": policy, "rendering_id": provider, "sequence": record.sequence}
    answer = biller.post(f"/claims/{claim_id}/divide", data=form)
    assert (answer.status_code, answer.location) == (302, f"/claims/{claim_id}/code")
    assert (newest().coverage_id, newest().rendering_id) == (policy, provider)
    again = text(biller.post(f"/claims/{claim_id}/divide", data=form))
    assert 'data-severity="block"' in again
    assert db.session.query(ClaimRecord).count() == 2


@pytest.mark.parametrize(
    "form", [{}, {"line": "9"}, {"line": "1"}, {"by": "provider"}, {"line": "1", "coverage_id": "x"}]
)
def test_what_cannot_be_split_is_told_at_the_desk(biller, practice, form) -> None:
    claim_id = coded_claim(practice)
    page = text(biller.post(f"/claims/{claim_id}/divide", data=form))
    assert 'role="alert"' in page
    assert db.session.query(ClaimRecord).count() == 1


def test_a_claim_for_each_provider_and_day(biller, practice) -> None:
    claim_id = coded_claim(practice)
    change_claim(
        practice.actor("biller"),
        claim_id,
        SetLine(add_line(practice, claim_id, on=date(2026, 5, 5)), "rendering_id", other_provider(practice)),
    )
    page = text(biller.get(f"/claims/{claim_id}/code"))
    assert re.findall('name="by" value="([a-z]+)"', page) == ["provider", "day"]
    biller.post(f"/claims/{claim_id}/divide", data={"by": "day"})
    assert newest().service_on == date(2026, 5, 5)


def test_a_thirteenth_diagnosis_is_refused_with_the_way_out(biller, practice) -> None:
    visit = make_visit(practice, make_patient(practice))
    db.session.add_all(
        Problem(
            practice_id=practice.row.id,
            patient_id=visit.patient_id,
            visit_id=visit.id,
            system=ICD10CM,
            code=code,
            words="something",
        )
        for code in THIRTEEN
    )
    db.session.commit()
    biller.post(f"/claims/of-visit/{visit.id}")
    claim_id = newest().id
    change_claim(practice.actor("biller"), claim_id, SetLine("1", "pointers", [1]))
    page = text(biller.get(f"/claims/{claim_id}/code"))
    assert page.count('<button class="link"') == 1
    assert [letter for letter in "ABCDEFGHIJKL" if f"<b>{letter}</b></td>" in page] == list("ABCDEFGHIJKL")
    headers = {"HX-Request": "true"}
    form = {"do": "add_diagnosis", "code": "R51.9"}
    refused = text(biller.post(f"/claims/{claim_id}/changes", data=form, headers=headers))
    assert 'id="divide" open' in refused
    assert "data-opens" not in refused
    biller.post(f"/claims/{claim_id}/changes", data={"do": "add_line", "code": "36415"}, headers=headers)
    refused = text(biller.post(f"/claims/{claim_id}/changes", data=form, headers=headers))
    assert 'data-opens="divide"' in refused


def test_visits_are_listed_put_on_and_taken_out(biller, practice) -> None:
    claim_id, later = two_visits(practice)
    (first,) = [row.visit_id for row in db.session.query(ClaimVisit).filter_by(claim_id=claim_id)]
    dental = make_visit(practice, db.session.get_one(ClaimRecord, claim_id).patient, date(2026, 4, 1))
    dental.department = "dental"
    db.session.commit()
    listed = text(biller.get(f"/claims/{claim_id}/visits"))
    assert re.findall(r'name="visit_id" value="(\d+)"', listed) == [str(later.id)]
    assert f"/visits/{dental.id}" in listed
    assert f'href="/visits/{first}"' not in listed
    own = open_claim(practice.actor("biller"), later.id)
    assert 'name="confirmed"' in text(biller.get(f"/claims/{claim_id}/visits"))
    assert 'role="alert"' in text(biller.post(f"/claims/{claim_id}/visits", data={"visit_id": later.id}))
    answer = biller.post(f"/claims/{claim_id}/visits", data={"visit_id": later.id, "confirmed": "y"})
    assert answer.status_code == 302
    assert db.session.get_one(ClaimRecord, own).journey == "withdrawn"
    assert f"/claims/{claim_id}/visits/{later.id}/out" in text(biller.get(f"/claims/{claim_id}/code"))
    assert biller.post(f"/claims/{claim_id}/visits/{later.id}/out").status_code == 302
    assert not db.session.get_one(Visit, later.id).claimed
    assert 'role="alert"' in text(biller.post(f"/claims/{claim_id}/visits/{first}/out"))
    assert biller.post(f"/claims/{claim_id}/visits", data={"visit_id": "1" * 8}).status_code == 404
    assert 'role="alert"' in text(biller.post(f"/claims/{claim_id}/visits", data={"visit_id": "1" * 30}))


def test_a_claim_is_withdrawn(biller, practice) -> None:
    claim_id, later = two_visits(practice)
    assert 'id="withdraw" open' in text(biller.post(f"/claims/{claim_id}/withdraw", data={"reason": " "}))
    answer = biller.post(f"/claims/{claim_id}/withdraw", data={"reason": "a courtesy", "visit_done": "y"})
    assert answer.status_code == 302
    record = db.session.get_one(ClaimRecord, claim_id)
    assert (record.journey, answer.location.split("?")[0]) == ("withdrawn", f"/claims/{newest().id}/code")
    assert newest().visits[0].visit_id == later.id
    page = text(biller.get(f"/claims/{claim_id}/code"))
    assert 'id="withdraw"' not in page
    assert 'role="alert"' in text(biller.post(f"/claims/{claim_id}/withdraw", data={"reason": "again"}))
    assert text(biller.get(f"/claims/{claim_id}"))


def test_a_claim_without_a_visit_from_queue_and_patient(biller, practice) -> None:
    patient = make_patient(practice)
    visit = make_visit(practice, patient)
    assert 'href="/claims/without-visit"' in text(biller.get("/claims/to-code"))
    assert f'href="/claims/without-visit/{patient.id}"' in text(biller.get(f"/patients/{patient.id}"))
    assert f'href="/claims/without-visit/{patient.id}"' in text(biller.get("/claims/without-visit?q=callo"))
    assert seen_last() == ("without_visit.choose", {patient.id})
    address = f"/claims/without-visit/{patient.id}"
    assert text(biller.get(address))
    form = {"on": "2026-05-05", "location_id": practice.location.id, "place": "81", "provider_id": practice.provider.id}
    for wrong in ({"on": ""}, {"on": "2026-05-09"}, {"place": "8x"}, {"location_id": "99"}):
        assert biller.post(address, data=form | wrong).status_code == 422
    assert db.session.query(ClaimRecord).count() == 0
    answer = biller.post(address, data=form)
    assert (answer.status_code, answer.location) == (303, f"/claims/{newest().id}/code")
    assert coding_of(newest()).place == "81"
    page = text(biller.get(answer.location))
    assert f'href="/visits/{visit.id}"' in page
    assert newest().visits == []


def test_who_may_not_code_sees_none_of_it(client, practice) -> None:
    claim_id = coded_claim(practice)
    patient_id = db.session.get_one(ClaimRecord, claim_id).patient_id
    log_in(client, practice.actor("provider"), practice)
    assert "/claims/without-visit" not in text(client.get(f"/patients/{patient_id}"))
    for path in ("divide", "visits", "visits/1/out", "withdraw"):
        assert client.post(f"/claims/{claim_id}/{path}").status_code == 403
    assert client.post(f"/claims/without-visit/{patient_id}").status_code == 403


def words_of(pdf: bytes) -> str:
    document = pdfium.PdfDocument(pdf)
    found = "\n".join(page.get_textpage().get_text_range() for page in document)
    document.close()
    return found


def test_superbills_are_downloaded(biller, practice) -> None:
    claim_id = coded_claim(practice)
    record = db.session.get_one(ClaimRecord, claim_id)
    visit_id = record.visits[0].visit_id
    assert f'href="/visits/{visit_id}/superbill.pdf"' in text(biller.get(f"/visits/{visit_id}"))
    assert f'href="/claims/{claim_id}/superbill.pdf"' in text(biller.get(f"/claims/{claim_id}"))
    blank = biller.get(f"/visits/{visit_id}/superbill.pdf")
    filled = biller.get(f"/claims/{claim_id}/superbill.pdf")
    assert seen_last() == ("superbill.of_claim", {record.patient_id})
    assert blank.content_type == filled.content_type == "application/pdf"
    for answer in (blank, filled):
        assert "visit, known patient" in words_of(answer.data)
        assert "Calloway" not in answer.headers["Content-Disposition"]
    assert record.number in words_of(filled.data)
    assert record.number not in words_of(blank.data)
    assert "A I10" in words_of(filled.data)


def test_a_superbill_of_a_claim_without_a_visit(biller, practice) -> None:
    form = {"on": "2026-05-05", "location_id": practice.location.id}
    biller.post(f"/claims/without-visit/{make_patient(practice).id}", data=form)
    assert newest().number in words_of(biller.get(f"/claims/{newest().id}/superbill.pdf").data)


def test_few_statements(biller, practice) -> None:
    claim_id, later = two_visits(practice)
    for day in range(10, 18):
        visit = make_visit(practice, db.session.get_one(Visit, later.id).patient, date(2026, 4, day))
        if day % 2:
            open_claim(practice.actor("biller"), visit.id)
    join_visit(practice.actor("biller"), claim_id, later.id)
    change_claim(practice.actor("biller"), claim_id, AddDiagnosis(Code(ICD10CM, "E119")))
    patient_id = later.patient_id
    other = make_patient(practice, "Calloway", "Bea")
    make_visit(practice, other, date(2026, 4, 20))
    merge_patients(practice.actor("manager"), other.id, patient_id, "same card")
    with statements() as shell:
        biller.get("/me")
    without = open_without_visit(practice.actor("biller"), patient_id, later.on, practice.location.id)
    sizes = {}
    for path in (
        f"/claims/{without}/code",
        f"/claims/{claim_id}/code",
        f"/claims/{claim_id}/visits",
        f"/claims/{claim_id}/superbill.pdf",
        f"/visits/{later.id}/superbill.pdf",
        "/claims/without-visit?q=callo",
        f"/claims/without-visit/{patient_id}",
    ):
        assert biller.get(path).status_code == 200
        with statements() as sent:
            biller.get(path)
        sizes[path] = len(sent) - len(shell)
    assert {path: count for path, count in sizes.items() if count > MOST_STATEMENTS} == {}


def test_a_claim_that_left_offers_none_of_it(biller, practice) -> None:
    claim_id = ready_claim(practice)
    biller.post("/claims/send", data={"claim": claim_id})
    db.session.expire_all()
    assert db.session.get_one(ClaimRecord, claim_id).journey == "sent"
    page = text(biller.get(f"/claims/{claim_id}/code"))
    assert "/divide" not in page
    for path, form in (("divide", {"line": "1"}), ("withdraw", {"reason": "late"})):
        assert 'role="alert"' in text(biller.post(f"/claims/{claim_id}/{path}", data=form))
    assert db.session.query(ClaimRecord).count() == 1
