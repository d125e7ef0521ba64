"""The screens of labels: print, go on, print again, take as a file, try a printer; whose they are, what they cost."""

from __future__ import annotations

import pytest

from clinic.base import db
from clinic.domain.set_up import PrinterFacts
from clinic.models import Printer
from clinic.services.set_up_printer import set_up_printer
from lab.models import LabelPrint
from tests.clinic.views.counting import statements
from tests.fixtures.house import log_in
from tests.fixtures.people import make_patient
from tests.lab.services.label_printers import WELL, LabelPrinter
from tests.lab.things import plan_container


@pytest.fixture
def assistant(client, practice):
    log_in(client, practice.actor("assistant"), practice)
    return client


@pytest.fixture
def tube(practice):
    return plan_container(practice, make_patient(practice))


def printer(practice, address: str) -> int:
    facts = PrinterFacts(name="Bench", offset_x=0, offset_y=0, kind="raw", address=address, stock="tube", dpi=203)
    return set_up_printer(practice.actor("assistant"), facts)


def prints() -> list[LabelPrint]:
    return db.session.query(LabelPrint).order_by(LabelPrint.id).populate_existing().all()


def test_a_container_is_labelled_from_the_list(assistant, practice, tube) -> None:
    assert tube.number in assistant.get("/lab/labels").text
    with LabelPrinter(answers=WELL) as there:
        printer(practice, there.text)
        answer = assistant.post("/lab/labels/print", data={"specimen": [tube.id]})  # no printer named: the first
        assert answer.status_code == 303
        assert len(there.labels) == 1
    page = assistant.get(answer.location)
    assert page.status_code == 200
    assert prints()[0].state == "sent"
    assert "hx-post" not in page.text  # nothing is left to send
    assert tube.number not in assistant.get("/lab/labels").text


def test_a_job_that_stopped_asks_for_the_next_label(assistant, practice, tube) -> None:
    second = plan_container(practice, make_patient(practice, last="Zweig"))
    with LabelPrinter(answers=WELL, stops_after=1) as there:
        number = printer(practice, there.text)
        answer = assistant.post("/lab/labels/print", data={"specimen": [tube.id, second.id], "printer": number})
        page = assistant.get(answer.location).text
        assert 'name="position"' in page
        assert 'value="2"' in page
        assistant.post(f"{answer.location}/from", data={"position": "2"})
        assert len(there.labels) == 2
    assert [each.state for each in prints()] == ["sent", "sent"]


def test_files_and_copies(assistant, practice, tube) -> None:
    answer = assistant.post("/lab/labels/print", data={"specimen": [tube.id], "printer": ""})
    pdf = assistant.post(f"{answer.location}/file", data={"as": "pdf"})
    assert (pdf.content_type, pdf.data[:5]) == ("application/pdf", b"%PDF-")
    assert assistant.post(f"{answer.location}/file", data={"as": "zpl"}).data.startswith(b"^XA^CI28")
    first = prints()[0]
    page = assistant.get(f"/lab/labels/container/{tube.number}").text
    assert f"/lab/labels/prints/{first.id}/again" in page
    assistant.post(f"/lab/labels/prints/{first.id}/again", data={"reason": "", "printer": ""})
    assert len(prints()) == 1
    again = assistant.post(f"/lab/labels/prints/{first.id}/again", data={"reason": "smeared", "printer": ""})
    assert prints()[1].reason == "smeared"
    assert "smeared" in assistant.get(f"/lab/labels/container/{tube.number}").text
    assert assistant.post(f"{again.location}/leave").status_code == 303
    assert prints()[1].state == "left"


def test_a_test_label_names_nobody(assistant, practice) -> None:
    with LabelPrinter(answers=WELL) as there:
        number = printer(practice, there.text)
        assert f"/lab/labels/test/{number}" in assistant.get(f"/house/printers/{number}").text
        answer = assistant.post(f"/lab/labels/test/{number}")
        assert assistant.get(answer.location).status_code == 200
        assert len(there.labels) == 1
    assert prints()[0].specimen_id is None
    assert assistant.post(f"/house/printers/{number}/take-away").status_code == 303
    assert prints()[0].printer_id is None


def test_a_label_printer_is_set_up_on_screen(assistant, practice) -> None:
    given = {"name": "L", "offset_x": "0.5", "offset_y": "0", "kind": "raw", "address": "192.0.2.7", "stock": "cryo",
             "dpi": "300", "location_id": str(practice.location.id)}  # fmt: skip
    assert assistant.post("/house/printers/new", data=given).status_code == 303
    row = db.session.query(Printer).one()
    assert (row.kind, row.address, row.stock, row.dpi) == ("raw", "192.0.2.7:9100", "cryo", 300)
    assert row.location_id == practice.location.id
    page = assistant.get(f"/house/printers/{row.id}").text
    assert "192.0.2.7:9100" in page
    for field, wrong in (("address", ""), ("address", "a b"), ("stock", ""), ("dpi", ""), ("address", "x:99999")):
        answer = assistant.post("/house/printers/new", data=given | {"name": "M", field: wrong})
        assert answer.status_code == 422, (field, wrong)
        assert f'id="{field}-wrong"' in answer.text
    answer = assistant.post("/house/printers/new", data=given | {"name": "M", "kind": "cups", "address": "-o evil"})
    assert answer.status_code == 422


def test_whose(assistant, other_practice) -> None:
    theirs = plan_container(other_practice, make_patient(other_practice))
    assert assistant.get(f"/lab/labels/container/{theirs.number}").status_code == 404
    assert assistant.post("/lab/labels/print", data={"specimen": [theirs.id], "printer": ""}).status_code == 404
    assert assistant.get("/lab/labels/jobs/1").status_code == 404
    assert prints() == []


def test_only_the_bench_prints(client, practice, tube) -> None:
    log_in(client, practice.actor("biller"), practice)
    assert client.get(f"/lab/labels/container/{tube.number}").status_code == 200
    assert client.post("/lab/labels/print", data={"specimen": [tube.id]}).status_code == 403


def test_pages_cost_few_statements(assistant, practice, tube) -> None:
    patient = make_patient(practice, last="Many")
    more = [plan_container(practice, patient) for _ in range(20)]
    answer = assistant.post("/lab/labels/print", data={"specimen": [each.id for each in more], "printer": ""})
    for path in ("/lab/labels", f"/lab/labels/container/{more[0].number}", answer.location):
        assistant.get(path)
        db.session.expunge_all()
        with statements() as sent:
            assert assistant.get(path).status_code == 200
        assert len(sent) <= 12, (path, sent)
