"""A receipt that was wrong is taken back, as long as nothing followed from it."""

from __future__ import annotations

import pytest

from clinic.base import db
from lab.models import PackageItem
from lab.services.package_facts import consignment_of, refold_package
from lab.services.receive_package import receive_package
from lab.services.reconcile import reconcile
from lab.services.reject import reject
from lab.services.specimens import container_of
from lab.services.take_back_receipt import take_back_receipt
from tests.lab.boxes import box, code_of, make_laboratory, order_line, refold_row, sent, tube


@pytest.fixture
def assistant(practice):
    return practice.actor("assistant")


@pytest.fixture
def laboratory(practice):
    return make_laboratory(practice)


@pytest.fixture
def package(practice, laboratory):
    return box(practice, laboratory)


def test_a_receipt_is_taken_back_unless_something_followed(practice, assistant, laboratory, package) -> None:
    rows = [tube(practice, order_line(practice, laboratory)) for _ in range(3)]
    sent(practice, package, *rows)
    receive_package(assistant, package.id, {rows[0].id: "missing", rows[1].id: "leaked"})
    assert code_of(take_back_receipt, assistant, package.id, rows[0].id, " ") == "reason"
    assert code_of(take_back_receipt, assistant, package.id, rows[2].id, "wrong") == "unanswered"
    take_back_receipt(assistant, package.id, rows[0].id, "they meant another")
    assert (rows[0].state, container_of(rows[0]).receipt, consignment_of(package).item(rows[0].id).receipt) == (
        "sent",
        None,
        None,
    )
    assert db.session.query(PackageItem).filter_by(specimen_id=rows[0].id).one().receipt is None
    assert refold_row(assistant, rows[0])
    assert refold_package(package) == consignment_of(package)
    receive_package(assistant, package.id, {rows[0].id: "good"})
    assert rows[0].state == "received"
    reject(assistant, rows[1].id, "RC", "clotted", recollect=False)
    assert code_of(take_back_receipt, assistant, package.id, rows[1].id, "wrong") == "followed"
    assert consignment_of(package).item(rows[1].id).receipt == "leaked"
    receive_package(assistant, package.id, {}, rest="good")
    reconcile(assistant, package.id, "called")
    assert code_of(take_back_receipt, assistant, package.id, rows[0].id, "wrong") == "package_state"


def test_a_receipt_of_what_was_rejected_on_the_way_is_taken_back_alone(
    practice, assistant, laboratory, package
) -> None:
    row = tube(practice, order_line(practice, laboratory))
    sent(practice, package, row)
    reject(assistant, row.id, "RC", "clotted", recollect=False)
    receive_package(assistant, package.id, {row.id: "good"})
    take_back_receipt(assistant, package.id, row.id, "it was not")
    assert (row.state, consignment_of(package).item(row.id).receipt) == ("rejected", None)
