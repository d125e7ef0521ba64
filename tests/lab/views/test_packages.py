"""Packages through HTTP: scans, keys, papers, what is not back; few statements however many containers."""

from __future__ import annotations

from datetime import date, timedelta

import pypdfium2 as pdfium
import pytest
import zxingcpp

from clinic.base import db
from lab.models import Contact, OrderLine, Package, PackerTraining
from lab.services.package_facts import consignment_of
from lab.services.packing_rule import trained_only
from tests.clinic.views.counting import statements
from tests.clinic.views.reading import seen_last
from tests.fixtures.house import NOW, log_in
from tests.fixtures.people import make_patient
from tests.lab.boxes import box, check_all, make_laboratory, order_line, sent, train, tube

MOST_STATEMENTS = 12
"""Beside what the shell asks on every page: who it is, their practice, their queues."""


@pytest.fixture
def assistant(client, practice):
    return log_in(client, practice.actor("assistant"), practice)


@pytest.fixture
def laboratory(practice):
    return make_laboratory(practice)


@pytest.fixture
def package(practice, laboratory):
    return box(practice, laboratory)


def text(answer, status: int = 200) -> str:
    assert answer.status_code == status
    return answer.get_data(as_text=True)


def again(package) -> Package:
    db.session.expire_all()
    return db.session.get_one(Package, package.id)


def words_of(data: bytes) -> str:
    pages = pdfium.PdfDocument(data)
    return "\n".join(page.get_textpage().get_text_range() for page in pages)


def test_from_the_first_scan_to_the_reconciled_package(assistant, practice, laboratory) -> None:
    train(practice)
    row = tube(practice, order_line(practice, laboratory))
    page = text(assistant.get("/lab/packages"))
    assert row.number in page
    assert laboratory.name in page
    answer = assistant.post("/lab/packages", data={"laboratory_id": laboratory.id, "location_id": row.location_id})
    at = answer.headers["Location"]
    assert assistant.post("/lab/packages/scan", data={"text": row.number}).status_code == 303
    package = db.session.query(Package).one()
    assert [item.number for item in consignment_of(package).items] == [row.number]
    for key in "123456789"[: len(consignment_of(package).items) + 7]:
        assistant.post(f"{at}/scan", data={"text": key})
    check_all(practice, again(package))
    assistant.post(f"{at}/seal", data={"seal": "S 77"})
    assert again(package).state == "sealed"
    given = {"courier": "Ines", "seal": "S 77", "temperature": "-18.5", "at": "2026-05-06T10:00"}
    assistant.post(f"{at}/hand-over", data=given)
    sent = consignment_of(again(package))
    assert (sent.state, sent.temperature_tenths, sent.handed_over_at) == ("handed_over", -185, NOW)
    assistant.post(f"{at}/receipts", data={"rest": "good"})
    assistant.post(f"{at}/reconcile")
    assert again(package).state == "reconciled"
    assert 'data-severity="ok"' in text(assistant.get(at))


def test_what_does_not_fit_stops_with_its_reason(assistant, practice, laboratory, package) -> None:
    row = tube(practice, order_line(practice, laboratory), labeled=False)
    at = f"/lab/packages/{package.number}"
    page = text(assistant.post(f"{at}/scan", data={"text": row.number}), 422)
    assert 'data-sound="stop"' in page
    assert "has no label" in page
    assert text(assistant.post(f"{at}/scan", data={"text": "C999999"}), 422).count('role="alert"') == 1
    assert consignment_of(again(package)).items == ()


def test_a_warning_asks_for_a_reason_and_then_lets_in(assistant, practice, package) -> None:
    row = tube(practice)
    at = f"/lab/packages/{package.number}"
    page = text(assistant.post(f"{at}/scan", data={"text": row.number}), 422)
    assert 'name="reason"' in page
    assistant.post(f"{at}/scan", data={"text": row.number, "reason": "ordered by phone"})
    assert [item.number for item in consignment_of(again(package)).items] == [row.number]
    assistant.post(f"{at}/scan", data={"text": row.number, "way": "out"})
    assert consignment_of(again(package)).items == ()


def test_the_manifest_has_two_copies_and_its_bars_decode(assistant, practice, laboratory, package) -> None:
    rows = [tube(practice, order_line(practice, laboratory, make_patient(practice, "Lévêque", "Zoë"))) for _ in "ab"]
    for row in rows:
        assistant.post(f"/lab/packages/{package.number}/scan", data={"text": row.number})
    pdf = assistant.get(f"/lab/packages/{package.number}/manifest.pdf").data
    assert pdf == assistant.get(f"/lab/packages/{package.number}/manifest.pdf").data
    document = pdfium.PdfDocument(pdf)
    assert len(document) == 2
    assert "Lévêque" in words_of(pdf)
    for dpi in (300, 600):
        seen = {each.text for each in zxingcpp.read_barcodes(document[0].render(scale=dpi / 72).to_pil())}
        assert seen == {package.number, *(row.number for row in rows)}


def test_a_requisition_says_what_the_rule_asks(assistant, practice, laboratory, package) -> None:
    line = order_line(practice, laboratory)
    line.answers = {"anticoagulant": "none"}
    row = tube(practice, line)
    assert assistant.get(f"/lab/packages/{package.number}/requisitions.pdf").status_code == 422
    assistant.post(f"/lab/packages/{package.number}/scan", data={"text": row.number})
    said = words_of(assistant.get(f"/lab/packages/{package.number}/requisitions.pdf").data)
    patient = line.order.patient
    for part in (
        patient.chart_number,
        "Calloway",
        "1967",
        "Anand Verma",
        "1245319599",
        "2185550142",
        "Whole blood EDTA",
        row.number,
        "E11.9",
        "08:00",
        "NLM884201337",
        "none",
    ):
        assert part in said, part
    assert seen_last() == ("packages.requisitions", {patient.id})


def test_not_back_lists_what_is_late_and_keeps_calls(assistant, practice, laboratory, package) -> None:
    line = order_line(practice, laboratory)
    row = tube(practice, line)
    at = f"/lab/packages/{package.number}"
    assistant.post(f"{at}/scan", data={"text": row.number})
    check_all(practice, again(package))
    assistant.post(f"{at}/seal", data={"seal": "S1"})
    assistant.post(f"{at}/hand-over", data={"courier": "Ines", "seal": "S1"})
    assistant.get(at)  # takes what was flashed
    assert row.number not in text(assistant.get("/lab/not-back"))
    line = db.session.get_one(OrderLine, line.id)
    line.due_on = date(2026, 5, 4)
    db.session.commit()
    page = text(assistant.get("/lab/not-back"))
    assert row.number in page
    assert laboratory.phone in page
    assistant.post(f"/lab/not-back/{line.id}", data={"outcome": "reached", "words": "Mo, looks for it"})
    assert db.session.query(Contact).one().whom == "laboratory"
    assert "Mo, looks for it" in text(assistant.get("/lab/not-back"))


def test_training_is_kept_by_who_may(client, practice, package) -> None:
    db.session.delete(db.session.query(PackerTraining).one())
    db.session.commit()
    staff = practice.staff["assistant"].id
    log_in(client, practice.actor("assistant"), practice)
    assert client.post(f"/lab/packers/{staff}", data={"trained_on": "2026-05-01"}).status_code == 403
    place = practice.location.id
    assert client.post(f"/lab/packers/places/{place}", data={"reason": "so be it"}).status_code == 403
    assert "Only who is trained" in text(client.get(f"/lab/packages/{package.number}"))
    client.post("/logout")
    log_in(client, practice.actor("manager"), practice)
    client.post(f"/lab/packers/places/{place}", data={"trained_only": "no"})
    assert trained_only(practice.row.id, place)
    client.post(f"/lab/packers/places/{place}", data={"trained_only": "no", "reason": "exempt specimens alone"})
    assert not trained_only(practice.row.id, place)
    assert 'data-severity="warn"' in text(client.get("/lab/packers"))
    client.post(f"/lab/packers/{staff}", data={"trained_on": "2026-05-01", "valid_until": "2028-04-30"})
    row = db.session.query(PackerTraining).one()
    assert (row.staff_id, row.valid_until - row.trained_at) == (staff, timedelta(days=730, seconds=86399))


def test_a_receipt_is_taken_back_on_the_page(assistant, practice, laboratory, package) -> None:
    row = tube(practice, order_line(practice, laboratory))
    sent(practice, package, row)
    at = f"/lab/packages/{package.number}"
    assistant.post(f"{at}/receipts", data={f"receipt-{row.id}": "leaked"})
    assert f"/receipts/{row.id}/back" in text(assistant.get(at))
    assistant.post(f"{at}/receipts/{row.id}/back", data={"reason": ""})
    assert consignment_of(again(package)).item(row.id).receipt == "leaked"
    assistant.post(f"{at}/receipts/{row.id}/back", data={"reason": "they meant another"})
    assert consignment_of(again(package)).item(row.id).receipt is None
    assert "they meant another" in text(assistant.get(at))


def test_another_practice_sees_nothing(client, other_practice, package) -> None:
    log_in(client, other_practice.actor("assistant"), other_practice)
    for path in ("", "/manifest.pdf", "/requisitions.pdf"):
        assert client.get(f"/lab/packages/{package.number}{path}").status_code == 404
    assert client.post(f"/lab/packages/{package.number}/seal", data={"seal": "S"}).status_code == 404


def test_few_statements_however_many(assistant, practice, laboratory, package) -> None:
    def sizes() -> dict[str, int]:
        with statements() as shell:
            assistant.get("/me")
        found = {}
        at = f"/lab/packages/{package.number}"
        for path in (
            "/lab/packages",
            at,
            f"{at}/manifest.pdf",
            f"{at}/requisitions.pdf",
            "/lab/not-back",
            "/lab/packers",
        ):
            assert assistant.get(path).status_code == 200
            with statements() as sent:
                assistant.get(path)
            found[path] = len(sent) - len(shell)
        return found

    def add(count: int) -> None:
        for _ in range(count):
            inside, _outside, late = (tube(practice, order_line(practice, laboratory)) for _ in "abc")
            assistant.post(f"/lab/packages/{package.number}/scan", data={"text": inside.number})
            line = db.session.get_one(OrderLine, late.tests[0].line_id)
            line.sent_on, line.due_on = date(2026, 4, 1), date(2026, 4, 3)
            db.session.commit()

    add(1)
    few = sizes()
    add(5)
    assert sizes() == few
    assert {path: count for path, count in few.items() if count > MOST_STATEMENTS} == {}
