"""Orders, containers, packages and results by the find line and on a patient's page."""

from __future__ import annotations

from datetime import date

import pytest

from clinic.base import db
from clinic.finders import FINDERS, Asked
from lab.models import LabOrder, LabResult, OrderLine, Specimen
from tests.clinic.views.counting import statements
from tests.fixtures.house import NOW, log_in
from tests.fixtures.people import make_patient
from tests.lab.boxes import box, make_laboratory, order_line, tube
from tests.lab.things import plan_container


@pytest.fixture
def bea(practice):
    return make_patient(practice)


@pytest.fixture
def sent_out(practice, bea):
    """A container of a line of an order, and a package."""
    laboratory = make_laboratory(practice)
    line = order_line(practice, laboratory, bea)
    return tube(practice, line), line.order, box(practice, laboratory)


def result_of(practice, line: OrderLine, *, reviewed=False) -> LabResult:
    """A report of a line."""
    row = LabResult(
        practice_id=practice.row.id,
        line_id=line.id,
        patient_id=line.order.patient_id,
        version=1,
        status="final",
        in_house=False,
        values=[],
        performed_at=NOW,
        reported_at=NOW,
        reviewed_at=NOW if reviewed else None,
        source="hl7v2",
    )
    db.session.add(row)
    db.session.commit()
    return row


def text(answer) -> str:
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


def numbered(actor, name: str, asked: str) -> list[tuple[str, bool]]:
    with statements() as sent:
        found = FINDERS[name].find(actor, Asked(asked, (asked,)), 20)
    assert len(sent) <= 1
    return [(each.code, each.exact) for each in found]


def test_numbers_are_found_by_their_beginning_and_whole(practice, sent_out) -> None:
    row, order, package = sent_out
    actor = practice.actor("assistant")
    assert numbered(actor, "containers", row.number) == [(row.number, True)]
    assert numbered(actor, "containers", row.number[:-1].lower()) == [(row.number, False)]
    assert numbered(actor, "orders", order.number) == [(order.number, True)]
    assert numbered(actor, "packages", package.number) == [(package.number, True)]


@pytest.mark.parametrize("typed", ["]C1{}", "]d2{}", " {} ", "{}\r"])
def test_what_a_scanner_reads_from_a_label_is_its_number(practice, sent_out, typed) -> None:
    row = sent_out[0]
    assert numbered(practice.actor("assistant"), "containers", typed.format(row.number)) == [(row.number, True)]


@pytest.mark.parametrize("typed", ["Calloway", "C", "C0", "STEP-SPIN", "BADGE-1234", "%00", "_____1", "anna maria", ""])
def test_names_cards_and_signs_ask_for_no_number(practice, sent_out, typed) -> None:
    actor = practice.actor("assistant")
    for name in ("orders", "containers", "packages"):
        assert numbered(actor, name, typed) == []


def test_the_find_line_goes_straight_to_it(client, practice, sent_out) -> None:
    row, order, package = sent_out
    log_in(client, practice.actor("assistant"), practice)
    for typed, at in (
        (row.number, f"/lab/containers/{row.number}"),
        (f"]C1{row.number}", f"/lab/containers/{row.number}"),
        (order.number, f"/lab/orders/{order.id}"),
        (package.number, f"/lab/packages/{package.number}"),
    ):
        answer = client.get("/find", query_string={"q": typed})
        assert (answer.status_code, answer.headers["Location"]) == (302, at)


def test_nothing_of_another_practice(client, other_practice, sent_out) -> None:
    row, order, package = sent_out
    log_in(client, other_practice.actor("assistant"), other_practice)
    for typed in (row.number, order.number, package.number, row.number[:4]):
        assert f"<code>{typed}" not in text(client.get("/find", query_string={"q": typed}))
    stranger = other_practice.actor("assistant")
    for name, finder in FINDERS.items():
        if finder.of_patients and name != "claims":
            assert finder.of_patients(stranger, (row.patient_id,), 9) == []
    assert client.get(f"/lab/containers/id/{row.id}").status_code == 404


def test_the_patients_page_lists_what_the_bench_has(client, practice, bea, sent_out) -> None:
    row, order, _package = sent_out
    line = order.lines[0]
    result = result_of(practice, line)
    log_in(client, practice.actor("provider"), practice)
    page = text(client.get(f"/patients/{bea.id}"))
    for address in (f"/lab/orders/{order.id}", f"/lab/containers/{row.number}", f"/lab/results/review?at={result.id}"):
        assert f'href="{address}"' in page
    client.post("/logout")
    log_in(client, practice.actor("assistant"), practice)
    assert f'href="/lab/results/{result.id}"' in text(client.get(f"/patients/{bea.id}"))


def test_each_list_of_a_patient_is_one_statement(practice, bea) -> None:
    laboratory, actor, whose = make_laboratory(practice), practice.actor("provider"), (bea.id,)
    costs = []
    for reviewed in (False, True):
        for _ in range(3):
            line = order_line(practice, laboratory, bea)
            result_of(practice, line, reviewed=reviewed)
            plan_container(practice, bea)
        db.session.expire_all()
        sizes = []
        for name in ("orders", "containers", "lab_results"):
            with statements() as sent:
                found = FINDERS[name].of_patients(actor, whose, 12)
            sizes.append((len(sent), len(found)))
        costs.append(sizes)
    assert costs == [[(1, 3)] * 3, [(1, 6)] * 3]
    results = FINDERS["lab_results"].of_patients(actor, whose, 12)
    assert [each.endpoint for each in results] == ["results.to_review"] * 3 + ["results.show"] * 3
    assert all(each.title for each in FINDERS["orders"].of_patients(actor, whose, 12))
    assert db.session.query(LabOrder).count() == db.session.query(Specimen).count() == 6
    assert results[0].on == NOW
    assert FINDERS["orders"].of_patients(actor, whose, 12)[0].on == date(2026, 5, 6)


def test_the_journal_leads_to_a_container(client, practice, sent_out) -> None:
    row = sent_out[0]
    log_in(client, practice.actor("assistant"), practice)
    answer = client.get(f"/lab/containers/id/{row.id}")
    assert answer.headers["Location"] == f"/lab/containers/{row.number}"
