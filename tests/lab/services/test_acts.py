"""The acts of the bench on real rows."""

from __future__ import annotations

from datetime import timedelta

import pytest

from clinic.base import db
from clinic.domain.refusal import Refused
from clinic.services.acting import Work
from clinic.services.find import Unknown
from lab.models import Specimen
from lab.services.aliquot import aliquot
from lab.services.collect import collect
from lab.services.do_step import end_step, start_step
from lab.services.end_container import end_container
from lab.services.specimens import container_of, refold
from lab.services.store import store
from lab.services.undo import undo
from tests.fixtures.house import NOW
from tests.fixtures.people import make_patient
from tests.lab.things import plan_container

DRAWN = NOW - timedelta(hours=1)


@pytest.fixture
def assistant(practice):
    return practice.actor("assistant")


@pytest.fixture
def tube(practice):
    return plan_container(practice, make_patient(practice))


def minutes(count: int):
    return DRAWN + timedelta(minutes=count)


def test_a_tube_goes_from_the_draw_to_the_refrigerator(assistant, tube) -> None:
    collect(assistant, tube.id, DRAWN, volume_ul=5000)
    assert (tube.step, tube.ready_at, tube.due_at) == ("spin", minutes(30), minutes(120))
    start_step(assistant, tube.id, "spin", minutes(30), g=1300)
    assert (tube.step, tube.running, tube.ready_at) == ("spin", True, minutes(40))
    assert end_step(assistant, tube.id, "spin", minutes(40)) == ()
    assert (tube.step, tube.due_at) == ("store", DRAWN + timedelta(hours=24))
    store(assistant, tube.id, "refrigerated", minutes(50))
    assert (tube.step, tube.use_by_at) == ("pack", DRAWN + timedelta(hours=72))
    work = Work(assistant, "lab.work")
    assert refold(work, tube) == container_of(tube)


def test_an_aliquot_inherits_and_goes_with_its_undoing(assistant, tube) -> None:
    collect(assistant, tube.id, DRAWN, volume_ul=5000)
    child = db.session.get_one(Specimen, aliquot(assistant, tube.id, 2000, minutes(45)))
    assert (child.number, child.collected_at, child.use_by_at) == (f"{tube.number}-1", DRAWN, minutes(24 * 60))
    assert tube.remaining_ul == 3000
    undo(assistant, tube.id, "poured from the wrong tube")
    assert (tube.remaining_ul, child.state) == (5000, "void")
    with pytest.raises(Refused) as told:
        aliquot(assistant, tube.id, 5001, minutes(46))
    assert told.value.code == "volume"


@pytest.mark.parametrize(
    ("at", "code"), [(NOW + timedelta(seconds=1), "future"), (DRAWN - timedelta(seconds=1), "before_collection")]
)
def test_times_are_neither_to_come_nor_before_the_draw(assistant, tube, at, code) -> None:
    collect(assistant, tube.id, DRAWN)
    with pytest.raises(Refused) as told:
        store(assistant, tube.id, "refrigerated", at)
    assert told.value.code == code


def test_a_container_of_another_practice_is_unknown(other_practice, tube) -> None:
    with pytest.raises(Unknown):
        collect(other_practice.actor("assistant"), tube.id, DRAWN)


def test_lost_needs_a_reason(assistant, tube) -> None:
    collect(assistant, tube.id, DRAWN)
    with pytest.raises(Refused) as told:
        end_container(assistant, tube.id, "lost")
    assert told.value.code == "reason"
