"""Rejecting in one act: the new container, the charge, the talk, and the task for a claim that has left."""

from __future__ import annotations

from datetime import timedelta

import pytest

from billing.models import ClaimRecord, ClaimTask
from billing.services.claim_value import coding_of
from billing.services.finish_task import finish_task, open_tasks
from billing.services.open_claim import open_claim
from billing.services.take_lab import take_lab
from clinic.base import db
from clinic.domain.refusal import Refused
from lab.domain.rejection import REASONS
from lab.models import Contact, Specimen
from lab.services.aliquot import aliquot
from lab.services.collect import collect
from lab.services.contacts import Attempt
from lab.services.redrawing import redraws
from lab.services.reject import accept_with_note, reject
from tests.fixtures.house import NOW
from tests.fixtures.people import make_patient, make_visit
from tests.lab.things import plan_container

DRAWN = NOW - timedelta(hours=1)
REACHED = Attempt(whom="patient", way="phone", outcome="reached", words="comes on Friday")


@pytest.fixture
def assistant(practice):
    return practice.actor("assistant")


@pytest.fixture
def visit(practice):
    return make_visit(practice, make_patient(practice), NOW.date())


@pytest.fixture
def tube(practice, visit):
    row = plan_container(practice, visit.patient, visit=visit)
    collect(practice.actor("assistant"), row.id, DRAWN, volume_ul=5000)
    return row


def codes(claim_id: int) -> list[str]:
    """The bench's lines; the visit itself bills its own."""
    lines = coding_of(db.session.get_one(ClaimRecord, claim_id)).lines
    return [line.code.value for line in lines if line.code.value != "99213"]


def test_a_new_one_is_planned_and_the_talk_is_logged(assistant, tube) -> None:
    child = aliquot(assistant, tube.id, 1000)
    new = db.session.get_one(Specimen, reject(assistant, tube.id, "RH", "dark red", attempt=REACHED))
    assert (tube.state, db.session.get_one(Specimen, child).state, new.state) == ("rejected", "rejected", "planned")
    assert (new.recollects_id, [test.test_key for test in new.tests]) == (tube.id, ["cmp"])
    [again] = redraws(assistant)
    assert (again.reason, again.was.rejected_code, [each.outcome for each in again.contacts]) == (
        "dark red",
        "RH",
        ["reached"],
    )


def test_the_draw_goes_onto_the_claim_once_and_comes_off_again(practice, assistant, tube, visit) -> None:
    biller = practice.actor("biller")
    claim_id = open_claim(biller, visit.id)
    assert codes(claim_id) == ["36415"]
    with pytest.raises(Refused):
        take_lab(biller, claim_id)
    reject(assistant, tube.id, "RC", "a clot")
    assert codes(claim_id) == []


def test_a_second_tube_keeps_the_draw(practice, assistant, tube, visit) -> None:
    other = plan_container(practice, visit.patient, visit=visit)
    collect(assistant, other.id, DRAWN)
    claim_id = open_claim(practice.actor("biller"), visit.id)
    reject(assistant, tube.id, "RC", "a clot")
    assert codes(claim_id) == ["36415"]
    reject(assistant, other.id, "RC", "a clot")
    assert codes(claim_id) == []


def test_for_a_claim_that_left_a_task_opens_and_nothing_of_it_changes(practice, assistant, tube, visit) -> None:
    biller = practice.actor("biller")
    claim_id = open_claim(biller, visit.id)
    db.session.get_one(ClaimRecord, claim_id).journey = "sent"
    db.session.commit()
    reject(assistant, tube.id, "QS", "half full")
    assert codes(claim_id) == ["36415"]
    [task] = open_tasks(biller)
    assert (task.kind, task.claim_id, task.params["number"]) == ("replace", claim_id, tube.number)
    assert task.due_on is not None
    finish_task(biller, task.id, "voided by telephone")
    assert open_tasks(biller) == []
    assert db.session.query(ClaimTask).count() == 1


@pytest.mark.parametrize(("code", "reason", "where"), [("XX", "red", "code"), ("RH", "  ", "reason")])
def test_a_code_and_a_reason_are_needed(assistant, tube, code, reason, where) -> None:
    with pytest.raises(Refused) as told:
        reject(assistant, tube.id, code, reason)
    assert told.value.where == where
    assert (tube.state, db.session.query(Contact).count()) == ("collected", 0)


@pytest.mark.parametrize("reason", REASONS, ids=lambda reason: reason.code)
def test_only_some_faults_let_the_test_go_on(assistant, tube, reason) -> None:
    if reason.may_proceed:
        accept_with_note(assistant, tube.id, reason.code, "slightly")
        assert tube.standing["conditions"] == [reason.code]
    else:
        with pytest.raises(Refused):
            accept_with_note(assistant, tube.id, reason.code, "slightly")
