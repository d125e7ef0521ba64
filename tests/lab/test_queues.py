"""The bench's queues count in one statement whatever there is."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import event

from clinic import queues
from clinic.base import db
from lab.queues import LIMITS
from lab.services.collect import collect
from tests.fixtures.house import NOW
from tests.fixtures.people import make_patient
from tests.lab.things import plan_container


def standing(practice, role):
    rows = [queues.QUEUES[name] for name in LIMITS]
    return queues.states(rows, practice.actor(role))


def test_all_are_counted_in_one_statement(practice) -> None:
    said = []
    event.listen(db.engine, "before_cursor_execute", lambda *call: said.append(call[2]))
    states = standing(practice, "assistant")
    assert len([sql for sql in said if sql != "BEGIN"]) == 1
    assert {name: state.count for name, state in states.items()} == dict.fromkeys(LIMITS, 0)


def test_a_tube_moves_from_the_draw_to_the_clock(practice) -> None:
    tube = plan_container(practice, make_patient(practice))
    assert standing(practice, "assistant")["to_draw"].count == 1
    collect(practice.actor("assistant"), tube.id, NOW - timedelta(minutes=20))
    states = standing(practice, "assistant")
    assert (states["to_draw"].count, states["in_time"].count, states["in_time"].late) == (0, 1, 0)


def test_a_limit_that_has_passed_is_late(practice) -> None:
    tube = plan_container(practice, make_patient(practice))
    collect(practice.actor("assistant"), tube.id, NOW - timedelta(minutes=121))
    assert standing(practice, "assistant")["in_time"].late == 1
