"""Edits of the practice's own: written, tried on what has left, switched on, and then they judge claims."""

from __future__ import annotations

import pytest

from billing.edits.own import Condition, Rule
from billing.models import ClaimRecord, OwnEdit
from billing.services.claim_value import assemble, coding_of
from billing.services.judging import judge
from billing.services.own_edits import own_edits
from billing.services.send_claims import send_claims
from billing.services.try_own_edit import switch_own_edit, try_own_edit
from billing.services.write_own_edit import (
    OwnEditFacts,
    change_own_edit,
    take_own_edits,
    write_own_edit,
)
from clinic.base import db
from clinic.domain.refusal import Refused
from clinic.models import Fact
from clinic.services.acting import NotAllowed
from clinic.services.changing import Overtaken, facts_of, print_of
from clinic.services.find import Unknown
from tests.billing.services.steps import coded_claim, ready_claim
from tests.clinic.views.counting import statements

RULE = Rule(
    title="No authorization",
    message="This payer wants an authorization.",
    fix="Ask the payer for it.",
    severity="warn",
    scope="claim",
    must=Condition(field="authorization", how="given"),
)
OTHER = Rule(**{name: getattr(RULE, name) for name in RULE.__struct_fields__} | {"title": "Another"})


def row_of(edit_id: int) -> OwnEdit:
    return db.session.get_one(OwnEdit, edit_id, populate_existing=True)


def seen(edit_id: int) -> str:
    return print_of(facts_of(OwnEditFacts, row_of(edit_id)))


def told(claim_id: int) -> list[str]:
    record = db.session.get_one(ClaimRecord, claim_id, populate_existing=True)
    found = judge(assemble(record).claim, coding_of(record)).findings
    return [each.code for each in found if each.code.startswith("OWN-")]


def test_written_tried_and_switched_on_it_judges(practice) -> None:
    manager = practice.actor("manager")
    claim = coded_claim(practice)
    edit_id = write_own_edit(manager, RULE)
    assert (row_of(edit_id).number, row_of(edit_id).active, told(claim)) == (1, False, [])
    with pytest.raises(Refused):
        switch_own_edit(manager, edit_id, seen(edit_id), on=True)
    tried = try_own_edit(manager, edit_id)
    assert (tried.version, tried.claims, tried.told) == (1, 0, 0)
    switch_own_edit(manager, edit_id, seen(edit_id), on=True)
    assert told(claim) == ["OWN-01"]
    assert [each.code for each in own_edits(practice.row.id)] == ["OWN-01"]
    switch_own_edit(manager, edit_id, seen(edit_id), on=False)
    assert told(claim) == []
    types = [fact.type for fact in db.session.query(Fact).filter_by(thing="own_edit").order_by(Fact.sequence)]
    assert types == ["own_edit.entered", "own_edit.tried", "own_edit.changed", "own_edit.changed"]


def test_trying_tells_of_claims_that_left(practice) -> None:
    claim = ready_claim(practice)
    send_claims(practice.actor("biller"), [claim])
    total = db.session.get_one(ClaimRecord, claim).total_cents
    tried = try_own_edit(practice.actor("manager"), write_own_edit(practice.actor("manager"), RULE))
    assert (tried.claims, tried.told, tried.at_risk.cents) == (1, 1, total)
    assert [(each.claim_id, each.lines) for each in tried.met] == [(claim, ())]


def test_a_change_is_a_new_version_and_goes_off(practice) -> None:
    manager = practice.actor("manager")
    claim = coded_claim(practice)
    edit_id = write_own_edit(manager, RULE)
    try_own_edit(manager, edit_id)
    switch_own_edit(manager, edit_id, seen(edit_id), on=True)
    before = seen(edit_id)
    change_own_edit(manager, edit_id, RULE, before)
    assert (row_of(edit_id).version, row_of(edit_id).active) == (1, True)
    change_own_edit(manager, edit_id, OTHER, before)
    row = row_of(edit_id)
    assert (row.version, row.active, row.tried, told(claim)) == (2, False, None, [])
    with pytest.raises(Overtaken):
        change_own_edit(manager, edit_id, RULE, before)


def test_another_practice_has_its_own(practice, other_practice) -> None:
    edit_id = write_own_edit(practice.actor("manager"), RULE)
    theirs = other_practice.actor("manager")
    for act in (
        lambda: try_own_edit(theirs, edit_id),
        lambda: switch_own_edit(theirs, edit_id, "", on=False),
        lambda: change_own_edit(theirs, edit_id, OTHER, ""),
    ):
        with pytest.raises(Unknown):
            act()
    assert row_of(write_own_edit(theirs, RULE)).number == 1
    assert own_edits(other_practice.row.id) == ()


def test_a_file_is_taken_whole_or_not(practice) -> None:
    manager = practice.actor("manager")
    bad = Rule(**{name: getattr(RULE, name) for name in RULE.__struct_fields__} | {"title": ""})
    with pytest.raises(Refused):
        take_own_edits(manager, [RULE, bad])
    assert db.session.query(OwnEdit).count() == 0
    assert take_own_edits(manager, [RULE, OTHER]) == 2
    assert [row.rule["title"] for row in db.session.query(OwnEdit).order_by(OwnEdit.number)] == [RULE.title, "Another"]


def test_who_codes_does_not_write_edits(practice) -> None:
    with pytest.raises(NotAllowed):
        write_own_edit(practice.actor("biller"), RULE)


def test_they_are_read_once_for_many_claims(practice) -> None:
    manager = practice.actor("manager")
    claim = coded_claim(practice)
    edit_id = write_own_edit(manager, RULE)
    try_own_edit(manager, edit_id)
    switch_own_edit(manager, edit_id, seen(edit_id), on=True)
    told(claim)
    with statements() as sent:
        told(claim)
    assert not any("own_edit." in each for each in sent)
