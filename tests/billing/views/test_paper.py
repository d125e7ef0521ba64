"""The calibration page, and the practice's own blank form."""

from __future__ import annotations

import hashlib
import io

import pikepdf
import pytest

from billing.services import keep_blank
from billing.services.keep_blank import blank_of, blank_path
from clinic.base import db
from clinic.models import Fact, JournalAct, Printer
from tests.fixtures.house import log_in


def a_pdf(width: int = 612, height: int = 792, pages: int = 1) -> bytes:
    pdf, out = pikepdf.new(), io.BytesIO()
    for _page in range(pages):
        pdf.add_blank_page(page_size=(width, height))
    pdf.save(out, deterministic_id=True)
    return out.getvalue()


def send(client, body: bytes, name: str = "blank.pdf"):
    return client.post(
        "/house/paper/blank", data={"file": (io.BytesIO(body), name)}, content_type="multipart/form-data"
    )


@pytest.fixture
def biller(client, practice):
    return log_in(client, practice.actor("biller"), practice)


def test_the_calibration_page_moves_with_the_printers_offset(biller, practice, other_practice) -> None:
    printers = [
        Printer(practice_id=of.row.id, name=name, offset_x=offset, offset_y=0)
        for of, name, offset in ((practice, "A", 0), (practice, "B", 15), (other_practice, "C", 0))
    ]
    db.session.add_all(printers)
    db.session.commit()
    pages = [biller.get(f"/house/paper/calibration/{printer.id}") for printer in printers]
    assert [page.status_code for page in pages] == [200, 200, 404]
    assert [page.content_type for page in pages[:2]] == ["application/pdf"] * 2
    assert pages[0].data != pages[1].data
    with pikepdf.open(io.BytesIO(pages[0].data)) as pdf:
        assert len(pdf.pages) == 1
    assert biller.get("/house/printers").get_data(as_text=True).count("/house/paper/calibration/") == 2


def test_a_blank_is_kept_replaced_shown_and_taken_away(biller, practice) -> None:
    assert blank_of(practice.row.id) is None
    assert biller.get("/house/paper/blank.pdf").status_code == 404
    assert send(biller, a_pdf()).status_code == 303
    assert blank_of(practice.row.id).pdf == a_pdf()
    assert send(biller, a_pdf(611, 791)).status_code == 303
    shown = biller.get("/house/paper/blank.pdf")
    assert shown.data == a_pdf(611, 791)
    shown.close()
    printer = Printer(practice_id=practice.row.id, name="A", offset_x=0, offset_y=0)
    db.session.add(printer)
    db.session.commit()
    over = biller.get(f"/house/paper/calibration/{printer.id}?over=blank")
    with pikepdf.open(io.BytesIO(over.data)) as pdf:
        assert "/Blank" in pdf.pages[0].Resources.XObject
    assert biller.post("/house/paper/blank/take-away").status_code == 303
    assert blank_of(practice.row.id) is None
    assert biller.post("/house/paper/blank/take-away").status_code == 422
    told = db.session.query(Fact).filter_by(thing="practice").order_by(Fact.sequence).all()
    assert [fact.type for fact in told] == ["practice.blank_kept", "practice.blank_kept", "practice.blank_taken_away"]
    kept = hashlib.sha256(a_pdf()).hexdigest()
    assert db.session.query(JournalAct).filter_by(act="printer.write", digest=kept).count() == 1
    assert list(blank_path(practice.row.id).parent.iterdir()) == []


@pytest.mark.parametrize(
    ("body", "name"),
    [
        (b"", "blank.pdf"),
        (b"hello", "blank.pdf"),
        (a_pdf()[:200], "blank.pdf"),
        (a_pdf(595, 842), "a4.pdf"),
        (a_pdf(pages=2), "two.pdf"),
        (a_pdf() + b" " * 5000, "large.pdf"),
        (a_pdf(), ""),
    ],
)
def test_what_is_no_blank_is_refused_and_the_one_before_stays(biller, practice, monkeypatch, body, name) -> None:
    monkeypatch.setattr(keep_blank, "MAX_BYTES", 5000)
    send(biller, a_pdf())
    before = db.session.query(JournalAct).count()
    answer = send(biller, body, name)
    assert answer.status_code == 422
    assert answer.get_data(as_text=True).count('id="file-wrong"') == 1
    assert blank_of(practice.row.id).pdf == a_pdf()
    assert db.session.query(JournalAct).count() == before


def test_whose_blank(client, practice, other_practice) -> None:
    log_in(client, other_practice.actor("biller"), other_practice)
    send(client, a_pdf())
    client.post("/logout")
    log_in(client, practice.actor("provider"), practice)
    assert client.get("/house/paper/blank.pdf").status_code == 404
    assert client.get("/house/paper/blank").status_code == 200
    assert send(client, a_pdf()).status_code == 403
    assert client.post("/house/paper/blank/take-away").status_code == 403
    assert blank_of(other_practice.row.id) is not None
