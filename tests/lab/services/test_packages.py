"""Packages on real rows: what goes in, what keeps a container out, and what follows each act."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from clinic.base import db
from clinic.domain.refusal import Refused
from clinic.services.find import Unknown
from lab.domain.need import Need
from lab.models import Package, PackageItem, Specimen
from lab.services.do_step import start_step
from lab.services.end_container import end_container
from lab.services.hand_over import hand_over
from lab.services.pack import NotFit, pack
from lab.services.package_facts import consignment_of, refold_package
from lab.services.recall_package import recall_package
from lab.services.receive_package import deliver_package, receive_package
from lab.services.reconcile import lose_package, reconcile
from lab.services.reject import reject
from lab.services.seal_package import seal_package, unseal_package
from lab.services.take_back_receipt import take_back_receipt
from lab.services.unpack import unpack
from tests.counts import count
from tests.fixtures.house import NOW
from tests.lab.boxes import DRAWN, box, check_all, code_of, make_laboratory, order_line, refold_row, sent, tube

SAMPLES = Path(__file__).parents[2] / "samples" / "facts"
HARD = Need(test="aptt", storage=("room", "frozen"), room_minutes=240, refrigerated_minutes=0, frozen_minutes=20160)


@pytest.fixture
def assistant(practice):
    return practice.actor("assistant")


@pytest.fixture
def laboratory(practice):
    return make_laboratory(practice)


@pytest.fixture
def package(practice, laboratory):
    return box(practice, laboratory)


def test_from_the_bench_to_the_courier(practice, assistant, laboratory, package) -> None:
    line = order_line(practice, laboratory)
    row = tube(practice, line)
    sent(practice, package, row)
    assert (row.state, package.state) == ("sent", "handed_over")
    assert (line.sent_on, line.due_on) == (date(2026, 5, 6), date(2026, 5, 7))
    deliver_package(assistant, package.id)
    receive_package(assistant, package.id, {}, rest="good")
    reconcile(assistant, package.id)
    item = db.session.query(PackageItem).one()
    assert (row.state, package.state, item.receipt) == ("received", "reconciled", "good")
    assert refold_package(package) == consignment_of(package)


def test_the_laboratory_says_how_many_days(practice, laboratory, package) -> None:
    laboratory.result_days = 5
    line = order_line(practice, laboratory)
    sent(practice, package, tube(practice, line))
    assert line.due_on == date(2026, 5, 11)


@pytest.mark.parametrize(
    ("made", "code"),
    [
        ({"labeled": False}, "unlabeled"),
        ({"collected": False}, "not_collected"),
        ({"need": Need(test="aptt", room_minutes=60)}, "expired"),
        ({"need": Need(test="aptt", storage=("frozen",), frozen_minutes=600, room_minutes=0)}, "condition"),
        ({"need": Need(test="cbc_diff", in_house=True)}, "in_house"),
    ],
)
def test_what_keeps_a_container_out(practice, assistant, laboratory, package, made, code) -> None:
    row = tube(practice, order_line(practice, laboratory), **made)
    assert code in _codes(assistant, package, row)
    assert (package.sequence, row.package_id) == (1, None)


def _codes(assistant, package, row) -> list[str]:
    with pytest.raises(NotFit) as told:
        pack(assistant, package.id, row.id, reason="whatever")
    return [remark.code for remark in told.value.remarks]


def test_a_step_under_way_keeps_it_out(practice, assistant, laboratory, package) -> None:
    spun = Need(test="cmp", spin_minutes=10, room_minutes=1440)
    row = tube(practice, order_line(practice, laboratory, test="cmp"), spun, holder="sst")
    assert _codes(assistant, package, row) == ["step"]
    start_step(assistant, row.id, "spin", DRAWN + timedelta(minutes=40))
    assert _codes(assistant, package, row) == ["running"]


def test_a_container_of_another_laboratory_stays(practice, assistant, package) -> None:
    other = make_laboratory(practice, "Ridge Pathology")
    row = tube(practice, order_line(practice, other))
    assert _codes(assistant, package, row) == ["laboratory"]


def test_use_by_is_weighed_against_the_courier_who_comes(practice, assistant, laboratory, package) -> None:
    # the courier comes at 16:30 in Chicago, 21:30 UTC; drawn 13:00 UTC
    exact = Need(test="cbc_diff", room_minutes=510)
    row = tube(practice, order_line(practice, laboratory), exact)
    with pytest.raises(NotFit) as told:
        pack(assistant, package.id, row.id)
    assert [(each.code, each.severity) for each in told.value.remarks] == [("tight", "warn")]
    pack(assistant, package.id, row.id, reason="they wait for it")
    short = tube(practice, order_line(practice, laboratory), Need(test="cbc_diff", room_minutes=509))
    assert _codes(assistant, package, short) == ["expired"]


def test_a_box_is_a_place(practice, assistant, laboratory) -> None:
    package = box(practice, laboratory, "frozen")
    row = tube(practice, order_line(practice, laboratory, test="aptt"), HARD)
    pack(assistant, package.id, row.id)
    assert (row.condition, row.use_by_at) == ("frozen", DRAWN + timedelta(minutes=20160))
    assert refold_row(assistant, row)


def test_a_kit_goes_whole_or_not_at_all(practice, assistant, laboratory, package) -> None:
    line = order_line(practice, laboratory)
    pieces = [tube(practice, line, set_number="K1", piece=each) for each in (1, 2)]
    late = tube(practice, line, set_number="K2", piece=1)
    tube(practice, line, set_number="K2", piece=2, collected=False)
    assert _codes(assistant, package, late) == ["set"]
    pack(assistant, package.id, pieces[0].id)
    check_all(practice, package)
    assert code_of(seal_package, assistant, package.id, "S1") == "set"
    pack(assistant, package.id, pieces[1].id)
    assert code_of(seal_package, assistant, package.id, "S1") == "unchecked"
    check_all(practice, package)
    seal_package(assistant, package.id, "S1")
    assert package.state == "sealed"


def test_what_was_rejected_inside_stops_the_seal_and_leaves(practice, assistant, laboratory, package) -> None:
    good, bad = (tube(practice, order_line(practice, laboratory)) for _ in range(2))
    for row in (good, bad):
        pack(assistant, package.id, row.id)
    check_all(practice, package)
    reject(assistant, bad.id, "RC", "clotted", recollect=False)
    assert code_of(seal_package, assistant, package.id, "S1") == "unfit"
    unpack(assistant, package.id, bad.id)
    seal_package(assistant, package.id, "S1")
    assert (bad.state, [item.specimen_id for item in consignment_of(package).items]) == ("rejected", [good.id])


def test_the_seal_is_read_again_and_recall_undoes_a_sending(practice, assistant, laboratory, package) -> None:
    line = order_line(practice, laboratory)
    row = tube(practice, line)
    pack(assistant, package.id, row.id)
    check_all(practice, package)
    seal_package(assistant, package.id, "S1")
    assert code_of(hand_over, assistant, package.id, "Loons", "S2") == "seal_differs"
    hand_over(assistant, package.id, "Loons", "S1")
    assert code_of(recall_package, assistant, package.id, " ") == "reason"
    recall_package(assistant, package.id, "wrong box")
    assert (row.state, package.state, line.sent_on, line.due_on) == ("packed", "sealed", None, None)
    unseal_package(assistant, package.id, "wrong box")
    unpack(assistant, package.id, row.id)
    assert (row.state, row.package_id, db.session.query(PackageItem).count()) == ("collected", None, 0)


def test_what_expired_before_the_courier_came_needs_a_reason(app, practice, assistant, laboratory, package) -> None:
    row = tube(practice, order_line(practice, laboratory))
    pack(assistant, package.id, row.id)
    check_all(practice, package)
    seal_package(assistant, package.id, "S1")
    app.config["CABINET_CLOCK"] = lambda: NOW + timedelta(days=2)
    assert code_of(hand_over, assistant, package.id, "Loons", "S1") == "expired"
    assert (row.state, package.state) == ("packed", "sealed")
    hand_over(assistant, package.id, "Loons", "S1", reason="the laboratory takes it")
    assert row.state == "sent"


def test_receipts_missing_and_lost(practice, assistant, laboratory, package) -> None:
    rows = [tube(practice, order_line(practice, laboratory)) for _ in range(3)]
    sent(practice, package, *rows)
    receive_package(assistant, package.id, {rows[0].id: "missing", rows[1].id: "leaked"})
    assert code_of(reconcile, assistant, package.id) == "unanswered"
    receive_package(assistant, package.id, {}, rest="good")
    assert [row.state for row in rows] == ["lost", "received", "received"]
    assert code_of(receive_package, assistant, package.id, {rows[2].id: "good"}) == "answered"
    assert code_of(reconcile, assistant, package.id) == "reason"
    reconcile(assistant, package.id, "called, new draw on Friday")
    second = box(practice, laboratory)
    row = tube(practice, order_line(practice, laboratory))
    sent(practice, second, row)
    lose_package(assistant, second.id, "the courier's van burnt")
    assert (row.state, second.state) == ("lost", "lost")


def test_what_was_lost_and_found_cannot_be_in_two_packages(practice, assistant, laboratory, package) -> None:
    row = tube(practice, order_line(practice, laboratory))
    pack(assistant, package.id, row.id)
    end_container(assistant, row.id, "lost", reason="not in the rack")
    end_container(assistant, row.id, "found")
    other = box(practice, laboratory)
    assert code_of(pack, assistant, other.id, row.id) == "elsewhere"
    unpack(assistant, package.id, row.id)
    pack(assistant, other.id, row.id)
    assert row.package_id == other.id


def test_another_practice_reaches_nothing(practice, other_practice, laboratory, package) -> None:
    row = tube(practice, order_line(practice, laboratory))
    stranger = other_practice.actor("assistant")
    for act in (
        lambda: pack(stranger, package.id, row.id),
        lambda: seal_package(stranger, package.id, "S"),
        lambda: take_back_receipt(stranger, package.id, row.id, "wrong"),
        lambda: box(other_practice, laboratory),
    ):
        with pytest.raises(Unknown):
            act()


ACTS = (
    "pack",
    "unpack",
    "check",
    "seal",
    "unseal",
    "hand_over",
    "recall",
    "deliver",
    "good",
    "missing",
    "take back",
    "reconcile",
    "lose",
    "lost",
    "found",
    "reject",
)
# walks that lead somewhere are as likely as those that stumble
STEPS = st.tuples(st.sampled_from(ACTS), st.integers(0, 1), st.integers(0, 2))
WALK = st.lists(
    st.one_of(
        STEPS.map(lambda step: [step]),
        st.integers(0, 1).map(
            lambda box_: [
                ("pack", box_, box_),
                ("check", box_, 0),
                ("seal", box_, 0),
                ("hand_over", box_, 0),
            ]
        ),
    ),
    max_size=14,
).map(lambda parts: [step for part in parts for step in part])


def act(assistant, practice, name, package, row) -> None:
    {
        "pack": lambda: pack(assistant, package.id, row.id, reason="so asked"),
        "unpack": lambda: unpack(assistant, package.id, row.id),
        "check": lambda: check_all(practice, package),
        "seal": lambda: seal_package(assistant, package.id, "S1"),
        "unseal": lambda: unseal_package(assistant, package.id, "again"),
        "hand_over": lambda: hand_over(assistant, package.id, "Loons", "S1"),
        "recall": lambda: recall_package(assistant, package.id, "wrong"),
        "deliver": lambda: deliver_package(assistant, package.id),
        "good": lambda: receive_package(assistant, package.id, {row.id: "good"}),
        "missing": lambda: receive_package(assistant, package.id, {row.id: "missing"}),
        "take back": lambda: take_back_receipt(assistant, package.id, row.id, "wrong"),
        "reconcile": lambda: reconcile(assistant, package.id, "done"),
        "lose": lambda: lose_package(assistant, package.id, "gone"),
        "lost": lambda: end_container(assistant, row.id, "lost", reason="gone"),
        "found": lambda: end_container(assistant, row.id, "found"),
        "reject": lambda: reject(assistant, row.id, "RC", "clotted", recollect=False),
    }[name]()


@settings(max_examples=count(12, 400), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(walk=WALK)
def test_no_sequence_puts_a_container_in_two_packages_or_sends_an_open_item(practice, walk) -> None:
    assistant = practice.actor("assistant")
    laboratory = db.session.query(Package).first()
    laboratory = laboratory.laboratory if laboratory else make_laboratory(practice)
    boxes = [box(practice, laboratory) for _ in range(2)]
    rows = [tube(practice, order_line(practice, laboratory)) for _ in range(3)]
    for name, which, whose in walk:
        before = [(each.sequence, each.state) for each in (*boxes, *rows)]
        try:
            act(assistant, practice, name, boxes[which], rows[whose])
        except Refused:
            db.session.expire_all()
            assert [(each.sequence, each.state) for each in (*boxes, *rows)] == before
        else:
            if name == "hand_over":
                left = consignment_of(boxes[which]).items
                assert {db.session.get_one(Specimen, item.specimen_id).state for item in left} == {"sent"}
        _holds(boxes, rows)


def _holds(boxes, rows) -> None:
    db.session.expire_all()
    sent_by = [consignment_of(each) for each in boxes]
    for row in rows:
        lying = [
            each
            for each in sent_by
            if (item := each.item(row.id)) and item.receipt is None and each.state not in {"reconciled", "lost"}
        ]
        assert len(lying) <= 1
        if row.state in {"packed", "sent"}:
            assert [boxes[sent_by.index(each)].id for each in lying] == [row.package_id]
    for package, left_with in zip(boxes, sent_by, strict=True):
        assert refold_package(package) == left_with
        kept = {item.specimen_id for item in db.session.query(PackageItem).filter_by(package_id=package.id)}
        assert kept == {item.specimen_id for item in left_with.items}
