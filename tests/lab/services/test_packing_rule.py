"""Who may pack at a place: only the trained, until the practice says otherwise there."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import msgspec
import pytest

from clinic.base import db
from clinic.domain.value import as_json
from clinic.models import Fact
from clinic.services.acting import NotAllowed
from clinic.services.find import Unknown
from lab.domain.package_events import TrainedOnly
from lab.models import PackerTraining
from lab.services.pack import pack
from lab.services.packing_rule import set_trained_only, trained_only
from lab.services.seal_package import seal_package
from lab.services.training import record_training, trained
from tests.fixtures.house import NOW
from tests.lab.boxes import box, check_all, code_of, make_laboratory, order_line, tube

SAMPLES = Path(__file__).parents[2] / "samples" / "facts"


@pytest.fixture
def assistant(practice):
    return practice.actor("assistant")


@pytest.fixture
def laboratory(practice):
    return make_laboratory(practice)


@pytest.fixture
def package(practice, laboratory):
    return box(practice, laboratory)


def test_training_is_asked_until_a_place_says_otherwise(practice, assistant, laboratory, package) -> None:
    row = tube(practice, order_line(practice, laboratory))
    db.session.delete(db.session.query(PackerTraining).one())
    db.session.commit()
    assert code_of(pack, assistant, package.id, row.id) == "untrained"
    manager = practice.actor("manager")
    record_training(manager, assistant.staff_id, NOW - timedelta(days=700), NOW - timedelta(seconds=1))
    assert not trained(practice.row.id, assistant.staff_id)
    record_training(manager, assistant.staff_id, NOW - timedelta(days=1), NOW)
    pack(assistant, package.id, row.id)
    assert row.state == "packed"


def test_a_place_may_let_anybody_pack_with_a_reason(practice, assistant, laboratory, package) -> None:
    row = tube(practice, order_line(practice, laboratory))
    manager, place = practice.actor("manager"), practice.location.id
    db.session.delete(db.session.query(PackerTraining).one())
    db.session.commit()
    assert code_of(set_trained_only, manager, place, " ", wanted=False) == "reason"
    set_trained_only(manager, place, "exempt specimens alone", wanted=False)
    set_trained_only(manager, place, "told twice", wanted=False)
    assert db.session.query(Fact).filter_by(thing="packing_rule").count() == 1
    assert not trained_only(practice.row.id, place)
    pack(assistant, package.id, row.id)
    set_trained_only(manager, place, "", wanted=True)
    assert trained_only(practice.row.id, place)
    check_all(practice, package)
    assert code_of(seal_package, assistant, package.id, "S1") == "untrained"
    with pytest.raises(NotAllowed):
        set_trained_only(assistant, place, "", wanted=True)


def test_a_kept_rule_still_loads() -> None:
    kept = json.loads((SAMPLES / "packing_rule.set-1.json").read_text("utf-8"))
    assert as_json(msgspec.convert(kept, TrainedOnly)) == kept


def test_the_rule_of_another_practice_is_out_of_reach(practice, other_practice) -> None:
    with pytest.raises(Unknown):
        set_trained_only(other_practice.actor("manager"), practice.location.id, "", wanted=True)
