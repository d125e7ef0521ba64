"""What the page of an order says of payers, the notice as a sheet, and the patient's choice typed from it."""

from __future__ import annotations

from datetime import timedelta

import pypdfium2
import pytest

from clinic.base import db
from lab.models import LabOrder, OrderLine
from lab.services.order_facts import notice_of
from tests.clinic.views.counting import statements
from tests.fixtures.house import NOW, log_in
from tests.fixtures.people import make_patient, make_visit
from tests.lab.covering import load_coverage
from tests.lab.ordering import make_laboratory, order_tests
from tests.lab.views.test_order_pages import MOST, page

TODAY = NOW.date()


@pytest.fixture
def order(app, practice):
    """An order with a test that nothing on it supports, one that comes too soon, and one that nobody minds."""
    load_coverage(app)
    laboratory, patient = make_laboratory(practice), make_patient(practice)
    visit = make_visit(practice, patient, TODAY)
    order_tests(practice, patient, ("lipid", laboratory), planned_on=TODAY)
    keys = ("hba1c", "lipid", "cmp", "cbc_diff", "bmp", "igra_tb")
    planned = TODAY + timedelta(days=30)
    return order_tests(practice, patient, *((key, laboratory) for key in keys), visit=visit, planned_on=planned)


@pytest.fixture
def assistant(client, practice):
    return log_in(client, practice.actor("assistant"), practice)


def texts(pdf: bytes) -> list[str]:
    """The text of each page."""
    return [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(pdf)]


def test_the_page_tells_each_test_by_itself_in_twelve_statements(assistant, order) -> None:
    at = f"/lab/orders/{order.id}"
    html = page(assistant, at)
    lines = {line.test_key: html.split(f'id="line-{line.id}"')[1].split("</li>\n<li")[0] for line in order.lines}
    assert [key for key, part in lines.items() if 'data-severity="warn">may not be paid' in part] == [
        "hba1c", "lipid", "cbc_diff",
    ]  # fmt: skip
    assert "<code>E08 – E13</code>" in lines["hba1c"]
    assert "Document only what is true" in lines["hba1c"]
    assert "It is paid again from" in lines["lipid"]
    with statements() as sent:
        page(assistant, at)
    assert len(sent) <= MOST, sent


def test_from_the_sheet_to_the_choice(assistant, order) -> None:
    at = f"/lab/orders/{order.id}"
    a1c, lipid = order.lines[:2]
    answer = assistant.post(f"{at}/notices", data={"line": a1c.id})
    assert answer.status_code == 303
    pdf = assistant.get(answer.location)
    assert (pdf.status_code, pdf.content_type) == (200, "application/pdf")
    patients, practices = texts(pdf.data)
    for each in (patients, practices):
        assert f"{order.number}-1" in each
        assert "83036" in each
        assert "A1C-1" in each
        assert "Calloway" in each
    html = page(assistant, at)
    assert "notice not signed yet" in html
    line = f"{at}/lines/{a1c.id}/notice"
    assert assistant.post(line, data={"choice": "ask_payer"}).status_code == 422
    assert assistant.post(line, data={"choice": "ask_payer", "signed_on": "yesterday"}).status_code == 422
    kept = assistant.post(line, data={"choice": "ask_payer", "signed_on": TODAY.isoformat()})
    assert kept.status_code == 303
    assert notice_of(db.session.get_one(OrderLine, a1c.id)).choice == "ask_payer"
    assert "wants it, and the payer is asked first" in page(assistant, at)
    assert assistant.post(f"{at}/notices", data={"line": lipid.id}).status_code == 303
    off = assistant.post(f"{at}/lines/{lipid.id}/notice", data={"choice": "refused", "signed_on": TODAY.isoformat()})
    assert off.status_code == 303
    db.session.expire_all()
    assert db.session.get_one(OrderLine, lipid.id).state == "cancelled"
    assert len(texts(assistant.get(f"{at}/notices.pdf").data)) == 2


def test_all_sheets_at_once_in_the_patients_language(assistant, order) -> None:
    at = f"/lab/orders/{order.id}"
    answer = assistant.post(f"{at}/notices", data={"language": "fr"})
    assert answer.status_code == 303
    french = texts(assistant.get(answer.location).data)
    english = texts(assistant.get(f"{at}/notices.pdf").data)
    assert len(french) == len(english) == 6
    assert all("Copy for the patient" in each or "Copy for the practice" in each for each in english)


def test_what_cannot_be_is_told_and_nothing_happens(assistant, order) -> None:
    at = f"/lab/orders/{order.id}"
    cmp = order.lines[2]
    for answer in (
        assistant.post(f"{at}/notices", data={"line": cmp.id}),
        assistant.post(f"{at}/lines/{cmp.id}/notice", data={"choice": "self_pay", "signed_on": TODAY.isoformat()}),
        assistant.post(f"{at}/notices", data={"line": cmp.id, "reason": "x" * 201}),
    ):
        assert answer.status_code == 422
        assert 'id="tests-wrong"' in answer.get_data(as_text=True)
    assert assistant.get(f"{at}/notices.pdf").status_code == 422
    assert db.session.get_one(OrderLine, cmp.id).notice is None


def test_another_practice_and_another_role_do_nothing(client, practice, other_practice, order) -> None:
    at = f"/lab/orders/{order.id}"
    log_in(client, other_practice.actor("assistant"), other_practice)
    assert client.post(f"{at}/notices").status_code == 404
    assert client.post(f"{at}/lines/{order.lines[0].id}/notice").status_code == 404
    assert client.get(f"{at}/notices.pdf").status_code == 404
    client.post("/logout")
    log_in(client, practice.actor("biller"), practice)
    assert client.post(f"{at}/notices").status_code == 403
    assert db.session.get_one(LabOrder, order.id).lines[0].notice is None
