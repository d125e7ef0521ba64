"""The pages of results and kits: entered by scan and key, told, reviewed, matched; few statements."""

from __future__ import annotations

import io
import re
from datetime import timedelta

import pytest

from clinic.base import db
from lab.models import ControlRun, IncomingResult, KitLot, LabResult, Qualification
from lab.services.take_report import take_files
from tests.clinic.views.counting import statements
from tests.fixtures.house import NOW, log_in
from tests.fixtures.people import make_patient
from tests.lab.ordering import make_laboratory
from tests.lab.resulting import LOT, able, container, control, drawn, make_lot, ready
from tests.lab.services.test_take_report import sent

MOST = 12


@pytest.fixture
def enter_as(client, practice):
    def enter(role: str):
        client.post("/logout")
        return log_in(client, practice.actor(role), practice)

    return enter


def page(client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status, answer.get_data(as_text=True)[:3000]
    return answer.get_data(as_text=True)


def post(client, address: str, status: int = 303, **data) -> str:
    answer = client.post(address, data=data)
    assert answer.status_code == status, answer.get_data(as_text=True)[:3000]
    return answer.headers.get("Location", "") or answer.get_data(as_text=True)


def few(client, address: str) -> None:
    page(client, address)
    with statements() as sent_:
        page(client, address)
    assert len(sent_) <= MOST, "\n".join(sent_)


def test_a_test_is_run_by_scan_and_key(enter_as, practice) -> None:
    able(practice)
    lot = make_lot(practice)
    line = drawn(practice)
    client = enter_as("assistant")
    number = container(line).number
    assert number in page(client, "/lab/results")
    where = client.get(f"/lab/results?scan={number}").headers["Location"]
    assert where.endswith(f"/lab/results/enter/{line.id}")
    shown = page(client, f"{where}?lot={LOT}")
    assert f"/house/kits/{lot}/control?line={line.id}" in shown
    assert "aria-disabled" in shown
    assert post(client, where, 422, lot=LOT, hemoglobin="13.1")
    again = post(client, f"/house/kits/{lot}/control", line=line.id, level="low", value="8.1", passed="yes")
    assert again.endswith(f"/house/kits/{lot}/control?line={line.id}")
    back = post(client, f"/house/kits/{lot}/control", line=line.id, level="high", value="16", passed="yes")
    assert back.endswith(f"/lab/results/enter/{line.id}?lot={LOT}")
    assert "aria-disabled" not in page(client, back)
    wrong = post(client, where, 422, lot=LOT, hemoglobin="much")
    assert 'id="hemoglobin-wrong"' in wrong
    assert post(client, where, lot=LOT, hemoglobin="13.1").endswith("/lab/results?part=enter")
    assert number not in page(client, "/lab/results?part=enter")
    assert db.session.query(LabResult).one().kit_lot_id == lot
    assert [run.passed for run in db.session.query(ControlRun)] == [True, True]


def test_a_critical_value_is_told_from_its_page(enter_as, practice) -> None:
    line = ready(practice)
    client = enter_as("assistant")
    to = post(client, f"/lab/results/enter/{line.id}", lot=LOT, hemoglobin="6.1")
    row = db.session.query(LabResult).one()
    assert to.endswith(f"/lab/results/{row.id}#tell")
    assert "Calloway" in page(client, "/lab/results")  # what is critical is shown first
    assert post(client, f"/lab/results/{row.id}/tell", 422, whom="provider", name="A. Verma", way="phone")
    ambiguous = post(client, f"/lab/results/{row.id}/tell", 422, whom="provider", name="A", way="phone", at="soon")
    assert ambiguous
    post(client, f"/lab/results/{row.id}/tell", whom="provider", name="A. Verma", way="phone", read_back="y")
    db.session.refresh(row)
    assert row.told["name"] == "A. Verma"
    assert "A. Verma" in page(client, f"/lab/results/{row.id}")


def test_corrected_values_stay_struck(enter_as, practice) -> None:
    line = ready(practice)
    client = enter_as("assistant")
    post(client, f"/lab/results/enter/{line.id}", lot=LOT, hemoglobin="12.1")
    address = f"/lab/results/{db.session.query(LabResult).one().id}"
    assert 'value="12.1"' in page(client, f"{address}/correct")
    assert 'id="reason-wrong"' in post(client, f"{address}/correct", 422, hemoglobin="11.1")
    new = post(client, f"{address}/correct", hemoglobin="11.1", reason="typed wrong")
    assert client.get(f"/lab/results/line/{line.id}").headers["Location"] == new
    page(client, "/lab/results/line/99999", 404)
    shown = page(client, new)
    assert re.search(r"<del><b class=\"value\">12\.1</b>", shown)
    assert "typed wrong" in shown
    assert re.search(r"<del>.*12\.1", page(client, f"/lab/patients/{line.order.patient_id}/results"))


def test_a_provider_reviews_one_after_the_other(enter_as, practice) -> None:
    lines = [ready(practice), drawn(practice, patient=make_patient(practice, "Osterberg", "Nils"))]
    assistant = enter_as("assistant")
    for line, value in zip(lines, ("13.1", "6.0"), strict=True):
        post(assistant, f"/lab/results/enter/{line.id}", lot=LOT, hemoglobin=value)
    page(assistant, "/lab/results/review", 403)
    provider = enter_as("provider")
    shown = page(provider, "/lab/results/review")
    first, second = db.session.query(LabResult).filter_by(line_id=lines[1].id).one(), lines[0]
    assert f'action="/lab/results/{first.id}/review"' in shown  # critical first
    after = post(provider, f"/lab/results/{first.id}/review", next="2")
    assert "/lab/results/review?at=2" in after
    other = db.session.query(LabResult).filter_by(line_id=second.id).one()
    post(provider, f"/lab/results/{other.id}/review", next="")
    assert [row.reviewed_at for row in db.session.query(LabResult)] == [NOW, NOW]
    assert 'class="empty"' in page(provider, "/lab/results/review")


def test_a_file_is_taken_in_and_matched_by_key(enter_as, practice) -> None:
    line = drawn(practice, "cbc_diff", laboratory=make_laboratory(practice))
    client = enter_as("assistant")
    data = sent(line, Calloway="Galloway")
    taken = client.post("/lab/results/take", data={"files": (io.BytesIO(data), "north.hl7")})
    assert taken.status_code == 303
    row = db.session.query(IncomingResult).one()
    shown = page(client, f"/lab/results/incoming/{row.id}")
    assert f'name="line" value="{line.id}"' in shown
    assert shown.count('data-mark="differs"') == 1
    assert line.order.number in page(client, f"/lab/results/incoming/{row.id}?order={line.order.number}")
    post(client, f"/lab/results/incoming/{row.id}", aside="y", reason="")
    assert row.state == "unmatched"
    post(client, f"/lab/results/incoming/{row.id}", line=line.id)
    db.session.refresh(row)
    assert row.state == "matched"
    assert page(client, f"/lab/results/incoming/{row.id}")


def test_pasted_text_that_is_none_changes_nothing(enter_as, practice) -> None:
    client = enter_as("assistant")
    post(client, "/lab/results/take", text="hello")
    post(client, "/lab/results/take", text="")
    assert db.session.query(IncomingResult).count() == 0


def test_lots_qualifications_and_ranges_of_the_house(enter_as, practice) -> None:
    client = enter_as("manager")
    shown = page(client, "/house/kits/new?scan=(01)00312345678906(17)261231(10)HG2604A")
    assert 'value="HG2604A"' in shown
    fields = {
        "test_key": "hgb_poc",
        "kit": "Quick",
        "lot": "HG2604A",
        "expires_on": "2026-12-31",
        "control_every": "day",
    }
    post(client, "/house/kits/new", **fields, active="y")
    assert post(client, "/house/kits/new", 422, **fields)
    lot = db.session.query(KitLot).one()
    seen = re.search(r'name="seen" value="([^"]*)"', page(client, f"/house/kits/{lot.id}"))
    post(client, f"/house/kits/{lot.id}", **{**fields, "expires_on": "2027-01-31"}, seen=seen[1], active="y")
    db.session.refresh(lot)
    assert lot.expires_on.year == 2027
    staff = practice.staff["assistant"].id
    post(client, "/house/kits/qualifications", staff=staff, test="hgb_poc", since="2026-01-01")
    assert db.session.query(Qualification).one().until is None
    post(client, "/house/kits/qualifications", staff=staff, test="cbc_diff", since="2026-01-01")
    assert db.session.query(Qualification).count() == 1
    assert "hgb_poc" in page(client, "/house/kits/ranges")
    address = "/house/kits/ranges/inr_poc/inr"
    page(client, address)
    assert post(client, address, 422, **{"high-0": "1.1", "low-0": "2"}, reason="sheet")
    post(client, address, **{"low-0": "0.9", "high-0": "1.1", "critical_high-0": "4.5"}, reason="sheet")
    assert "0.9–1.1" in page(client, "/house/kits/ranges")
    page(client, "/house/kits/ranges/inr_poc/nothing", 404)


def test_pages_cost_few_statements(enter_as, practice) -> None:
    lab = make_laboratory(practice)
    line = ready(practice)
    for name in ("Adams", "Baker", "Cole"):
        drawn(practice, patient=make_patient(practice, name, "Ann"))
    outside = drawn(practice, "cbc_diff", laboratory=lab, patient=make_patient(practice, "Dietz", "Ann"))
    who = practice.actor("assistant")
    take_files(who, [("a", sent(outside, Calloway="Galloway"))])
    take_files(who, [("b", sent(outside, Calloway="Dietz", Beatrix="Ann", NL0001="NL0002"))])
    client = enter_as("assistant")
    post(client, f"/lab/results/enter/{line.id}", lot=LOT, hemoglobin="6.1")
    for part in ("enter", "unmatched", "critical"):
        few(client, f"/lab/results?part={part}")
    row = db.session.query(LabResult).filter_by(line_id=line.id).one()
    few(client, f"/lab/results/{row.id}")
    few(client, f"/lab/results/{row.id}/correct")
    few(client, f"/lab/results/enter/{line.id}?lot={LOT}")
    few(client, f"/lab/patients/{row.patient_id}/results")
    few(client, f"/lab/results/incoming/{db.session.query(IncomingResult).first().id}")
    few(client, "/house/kits")
    few(client, "/house/kits/1/control")
    few(client, "/house/kits/ranges")
    few(enter_as("provider"), "/lab/results/review")


def test_nothing_of_another_practice(client, practice, other_practice) -> None:
    line = ready(practice)
    outside = drawn(practice, "cbc_diff", laboratory=make_laboratory(practice))
    take_files(practice.actor("assistant"), [("a", sent(outside))])
    browser = log_in(client, other_practice.actor("manager"), other_practice)
    row = db.session.query(LabResult).one()
    for address in (
        f"/lab/results/enter/{line.id}",
        f"/lab/results/{row.id}",
        f"/lab/results/{row.id}/correct",
        f"/lab/patients/{row.patient_id}/results",
        "/lab/results/incoming/1",
        "/house/kits/1",
        "/house/kits/1/control",
    ):
        page(browser, address, 404)
    assert "Calloway" not in page(browser, "/lab/results?part=critical")


def test_french_writes_a_comma(enter_as, practice) -> None:
    line = ready(practice)
    practice.staff["assistant"].locale = "fr"
    db.session.commit()
    client = enter_as("assistant")
    assert "12–15,5" in page(client, f"/lab/results/enter/{line.id}?lot={LOT}")
    post(client, f"/lab/results/enter/{line.id}", lot=LOT, hemoglobin="13,1")
    row = db.session.query(LabResult).one()
    assert row.values[0]["value"] == "13.1"
    assert ">13,1</b>" in page(client, f"/lab/results/{row.id}")


def test_a_trend_has_its_picture_and_its_table(enter_as, practice) -> None:
    patient = make_patient(practice)
    able(practice)
    lot = make_lot(practice, control_every="lot")
    control(practice, lot, at=NOW - timedelta(hours=5))
    client = enter_as("assistant")
    for hours, value in ((3, "12.5"), (2, "13.5"), (1, "11")):
        line = drawn(practice, patient=patient, at=NOW - timedelta(hours=hours, minutes=10))
        post(client, f"/lab/results/enter/{line.id}", lot=LOT, hemoglobin=value, at=f"2026-05-06T{10 - hours:02d}:00")
    shown = page(client, f"/lab/patients/{patient.id}/results")
    assert shown.count("<circle") >= 3
    assert 'points="4,20 120,4 236,44"' in shown
