"""Dental cases through HTTP: new, its acts, its papers, who may, how much a page costs."""

from __future__ import annotations

import pypdfium2 as pdfium
import pytest
import zxingcpp
from sqlalchemy import select

from clinic.base import db
from lab.models import DentalCase, LabelPrint
from lab.services.case_facts import case_of
from lab.services.send_case import disinfect_case, send_case
from tests.clinic.views.counting import statements
from tests.clinic.views.reading import seen_last
from tests.fixtures.house import log_in
from tests.fixtures.people import make_patient
from tests.lab.dental_things import make_case, make_dental_laboratory

MOST_STATEMENTS = 12
"""Beside what the shell asks on every page."""


@pytest.fixture
def assistant(client, practice):
    return log_in(client, practice.actor("assistant"), practice)


def text(answer, status: int = 200) -> str:
    assert answer.status_code == status, answer.get_data(as_text=True)[:400]
    return answer.get_data(as_text=True)


def the_case() -> DentalCase:
    db.session.expire_all()
    return db.session.scalars(select(DentalCase).order_by(DentalCase.id.desc())).first()


def act(client, name, number="D000001", status=303, **form):
    answer = client.post(f"/lab/cases/{number}/acts/{name}", data=form)
    assert answer.status_code == status
    return answer


def asked(practice, laboratory, **fields):
    return {
        "work": "bridge",
        "teeth": "3-5",
        "record": "impression",
        "shade": "A2",
        "laboratory_id": laboratory.id,
        "location_id": practice.location.id,
        "provider_id": practice.provider.id,
        "seat_on": "5/22/2026",
        **fields,
    }


def test_from_new_to_seated(assistant, practice) -> None:
    laboratory, patient = make_dental_laboratory(practice), make_patient(practice)
    assert f"/lab/cases/new/{patient.id}" in text(assistant.get(f"/patients/{patient.id}"))
    text(assistant.get(f"/lab/cases/new/{patient.id}"))
    wrong = asked(practice, laboratory, teeth="3, 5")
    page = text(assistant.post(f"/lab/cases/new/{patient.id}", data=wrong), 422)
    assert 'aria-invalid="true"' in page
    assert assistant.post(f"/lab/cases/new/{patient.id}", data=asked(practice, laboratory)).status_code == 303
    row = the_case()
    assert (row.state, case_of(row).prescription.teeth, str(case_of(row).prescription.seat_on)) == (
        "prepared", ("3", "4", "5"), "2026-05-22",
    )  # fmt: skip
    assert 'id="act-send"' not in text(assistant.get("/lab/cases/D000001"))  # nothing undisinfected may go
    act(assistant, "send", status=422)
    act(assistant, "disinfect", product="hypochlorite")
    act(assistant, "send", courier="Loons")
    act(assistant, "back", try_in="yes")
    act(assistant, "try", words="contact open")
    act(assistant, "disinfect")
    act(assistant, "send")
    act(assistant, "back", lot="Z 1")
    act(assistant, "note", words="in the blue box")
    act(assistant, "seat")
    assert the_case().state == "seated"
    page = text(assistant.get("/lab/cases/D000001"))
    assert seen_last() == ("cases.show", {patient.id})
    for words in ("hypochlorite", "contact open", "Z 1", "in the blue box"):
        assert words in page
    act(assistant, "move", status=422, seat_on="2026-06-01")
    assert assistant.post("/lab/cases/D000001/acts/nothing").status_code == 303
    assert "D000001" in text(assistant.get(f"/patients/{patient.id}"))


def test_a_remake_from_its_page(assistant, practice) -> None:
    row, who = make_case(practice), practice.actor("assistant")
    disinfect_case(who, row.id)
    send_case(who, row.id)
    text(assistant.post("/lab/cases/D000001/remake", data={"code": "other"}), 422)
    form = {"code": "record_distorted", "record": "scan", "seat_on": "2026-06-01"}
    answer = assistant.post("/lab/cases/D000001/remake", data=form)
    assert (answer.status_code, answer.location) == (303, "/lab/cases/D000002")
    assert (the_case().remakes_id, case_of(the_case()).soiled) == (row.id, False)
    for number, other in (("D000001", "D000002"), ("D000002", "D000001")):
        assert f'/lab/cases/{other}"' in text(assistant.get(f"/lab/cases/{number}"))
    act(assistant, "cancel", "D000002", status=422)
    act(assistant, "cancel", "D000002", reason="not wanted")
    act(assistant, "undo", "D000002", reason="wanted after all")
    assert the_case().state == "prepared"


def test_a_change_before_it_leaves(assistant, practice) -> None:
    row = make_case(practice)
    page = text(assistant.get("/lab/cases/D000001/change"))
    assert 'name="teeth"' in page
    form = asked(practice, row.laboratory, work="night_guard", jaw="upper", teeth="", material="", seat_on="2026-05-22")
    assert assistant.post("/lab/cases/D000001/change", data=form).status_code == 409  # without what was seen
    seen = page.split('name="seen" value="')[1].split('"')[0]
    assert assistant.post("/lab/cases/D000001/change", data=form | {"seen": seen}).status_code == 303
    assert case_of(the_case()).prescription.work == "night_guard"


def test_times_are_those_of_the_place(assistant, practice) -> None:
    make_case(practice)
    act(assistant, "disinfect", status=422, at="2026-05-06T11:00")  # an hour from now in Chicago
    act(assistant, "disinfect", status=422, at="yesterday")
    act(assistant, "disinfect", at="2026-05-06T10:00")


def words_of(data: bytes) -> str:
    return "\n".join(page.get_textpage().get_text_range() for page in pdfium.PdfDocument(data))


def test_the_slip_says_what_is_asked_and_no_more_of_the_patient(assistant, practice) -> None:
    row = make_case(practice, notes="Cervical shade A3")
    answer = assistant.get("/lab/cases/D000001/slip.pdf")
    assert answer.content_type == "application/pdf"
    said = words_of(answer.data)
    for words in (
        "Quarry Dental",
        "Crown",
        "#3",
        "A2",
        "zirconia",
        "Cervical shade A3",
        "22 May 2026",
        "NOT DISINFECTED",
    ):
        assert words in said
    assert "1967" not in said  # neither born, nor where, nor phone
    assert row.patient.street is None or row.patient.street not in said
    disinfect_case(practice.actor("assistant"), row.id, "hypochlorite")
    assert "NOT DISINFECTED" not in words_of(assistant.get("/lab/cases/D000001/slip.pdf").data)
    page = pdfium.PdfDocument(answer.data)[0].render(scale=300 / 72).to_pil()
    assert [found.text for found in zxingcpp.read_barcodes(page)] == ["D000001"]


def test_the_label_goes_to_a_job_of_its_own(assistant, practice) -> None:
    make_case(practice)
    answer = assistant.post("/lab/cases/D000001/label")
    assert answer.status_code == 303
    text(assistant.get(answer.location))
    snapshot = db.session.scalars(select(LabelPrint)).one().snapshot["label"]
    assert (snapshot["number"], snapshot["specimen"], snapshot["site"]) == ("D000001", "Crown", "#3 A2")
    assert "birth" not in snapshot


def test_who_may(client, practice, other_practice) -> None:
    make_case(practice)
    make_case(other_practice)
    log_in(client, practice.actor("biller"), practice)
    assert 'id="act-disinfect"' not in text(client.get("/lab/cases/D000001"))
    assert client.post("/lab/cases/D000001/acts/disinfect").status_code == 403
    client.post("/logout")
    log_in(client, practice.actor("provider"), practice)
    act(client, "disinfect")
    assert client.get("/lab/cases/D000009").status_code == 404
    assert client.get("/lab/cases/D000009/slip.pdf").status_code == 404
    mine, theirs = db.session.scalars(select(DentalCase).order_by(DentalCase.id)).all()
    assert (mine.sequence, theirs.sequence) == (2, 1)
    assert client.get(f"/lab/cases/id/{theirs.id}").status_code == 404
    assert client.get(f"/lab/cases/id/{mine.id}").location == "/lab/cases/D000001"
    assert client.get("/find?q=d000001").location == "/lab/cases/D000001"


def test_pages_cost_few_statements_however_many_cases(assistant, practice) -> None:
    laboratory = make_dental_laboratory(practice)
    make_case(practice, laboratory, seat_on=None)

    def cost(path: str) -> int:
        text(assistant.get("/me"))
        with statements() as shell:
            text(assistant.get("/me"))
        with statements() as used:
            text(assistant.get(path))
        return len(used) - len(shell)

    paths = ("/lab/cases", "/lab/cases?show=all", "/lab/cases?show=done", "/lab/cases/D000001")
    before = {path: cost(path) for path in paths}
    for _ in range(5):
        make_case(practice, laboratory, seat_on=None)
    assert {path: cost(path) for path in paths} == before
    assert max(before.values()) <= MOST_STATEMENTS, before
