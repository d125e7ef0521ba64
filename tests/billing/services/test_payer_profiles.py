"""Payer profiles of the practice's own: proposed, tried on what has left, put on, and then claims are judged so."""

from __future__ import annotations

from datetime import date, timedelta

import msgspec
import pytest
from flask_migrate import downgrade, upgrade
from msgspec.structs import replace
from sqlalchemy import text

from billing.coding.changes import SetLine
from billing.domain.routes import RouteFacts
from billing.edits import EDITS
from billing.models import ClaimRecord, Clearinghouse, OwnPayerProfile, Submission
from billing.payers import BUILT_IN, PROFILES, Off, OwnProfile
from billing.payers.own import begun_from
from billing.services.change_claim import change_claim
from billing.services.claim_value import assemble, coding_of
from billing.services.judging import judge
from billing.services.last_claims import last_claims
from billing.services.leaving import look_at
from billing.services.move_deadlines import move_deadlines
from billing.services.own_profiles import BLOCKING, own_profiles
from billing.services.profile_in_order import MOST_OFF, in_order
from billing.services.queue_page import shown
from billing.services.send_claims import send_claims
from billing.services.set_route import set_route
from billing.services.try_payer_profile import Tried, put_back, put_on, try_payer_profile
from billing.services.write_payer_profile import (
    ProfileFacts,
    change_payer_profile,
    drop_proposal,
    take_payer_profiles,
    write_payer_profile,
)
from clinic.base import db
from clinic.domain.refusal import Refused
from clinic.domain.set_up import PayerFacts
from clinic.models import Fact, Payer
from clinic.services.acting import NotAllowed
from clinic.services.change_payer import change_payer
from clinic.services.changing import Overtaken, facts_of, print_of
from clinic.services.find import Unknown
from tests.billing.services.steps import coded_claim, ready_claim
from tests.clinic.views.counting import statements
from tests.fixtures.people import make_patient, make_visit

NORTH = replace(
    begun_from(PROFILES["commercial"], name="North Lake", identifiers=("NLM01",)),
    filing_limit_days=180,
    filing_limit_reason="Contract of 2025, 4.2",
)
WARNS = next(code for code, each in EDITS.items() if each.declared.severity == "warn")


def row_of(profile_id: int) -> OwnPayerProfile:
    return db.session.get_one(OwnPayerProfile, profile_id, populate_existing=True)


def seen(profile_id: int) -> str:
    return print_of(facts_of(ProfileFacts, row_of(profile_id)))


def put(practice, profile: OwnProfile) -> int:
    """Written, tried and put on."""
    manager = practice.actor("manager")
    profile_id = write_payer_profile(manager, profile)
    try_payer_profile(manager, profile_id)
    put_on(manager, profile_id, seen(profile_id))
    return profile_id


def record(claim_id: int) -> ClaimRecord:
    return db.session.get_one(ClaimRecord, claim_id, populate_existing=True)


def codes(claim_id: int) -> list[str]:
    found = record(claim_id)
    return [each.code for each in judge(assemble(found).claim, coding_of(found)).findings]


def test_proposed_tried_and_put_on_it_judges(practice) -> None:
    manager = practice.actor("manager")
    profile_id = write_payer_profile(manager, NORTH)
    assert own_profiles(practice.row.id) is BUILT_IN
    with pytest.raises(Refused):
        put_on(manager, profile_id, seen(profile_id))
    assert try_payer_profile(manager, profile_id).claims == 0
    put_on(manager, profile_id, seen(profile_id))
    assert own_profiles(practice.row.id).of("NLM01", "CI").filing_limit_days == 180
    assert own_profiles(practice.row.id).of("OTHER", "CI") is PROFILES["commercial"]
    with pytest.raises(Refused):
        put_on(manager, profile_id, seen(profile_id))
    put_back(manager, profile_id, seen(profile_id))
    assert own_profiles(practice.row.id).of("NLM01", "CI") is PROFILES["commercial"]
    assert msgspec.convert(row_of(profile_id).proposed, OwnProfile) == NORTH
    types = [fact.type for fact in db.session.query(Fact).filter_by(thing="payer_profile").order_by(Fact.sequence)]
    assert types == [f"payer_profile.{each}" for each in ("entered", "tried", "changed", "changed")]


def test_deadlines_of_claims_and_of_visits(practice) -> None:
    claim, signed = coded_claim(practice), ready_claim(practice, "Signed")
    make_visit(practice, make_patient(practice, "Uncoded"))
    before = record(claim).due_on
    put(practice, NORTH)
    assert before is not None
    later = before + timedelta(days=90)
    assert (record(claim).due_on, record(signed).due_on) == (before, before)
    assert [each.due for each in shown(practice.actor("biller"), "to_code").rows if each.visit] == [later]
    assert tuple(move_deadlines(practice.actor("manager"))) == (2, None)
    assert (record(claim).due_on, record(signed).due_on) == (later, later)
    assert record(signed).preparation == "signed"
    assert tuple(move_deadlines(practice.actor("manager"))) == (0, None)
    change_claim(practice.actor("biller"), claim, SetLine("1", "pointers", [1]))
    assert record(claim).due_on == later
    assert record(coded_claim(practice, "Later")).due_on == later


def test_deadlines_are_reckoned_in_parts(practice, monkeypatch) -> None:
    monkeypatch.setattr("billing.services.move_deadlines.MOST", 2)
    monkeypatch.setattr("billing.services.move_deadlines.SLICE", 1)
    claims = [coded_claim(practice, f"Number{at}") for at in range(3)]
    put(practice, NORTH)
    first = move_deadlines(practice.actor("manager"))
    assert tuple(first) == (2, claims[1])
    assert tuple(move_deadlines(practice.actor("manager"), first.last)) == (1, None)
    assert len({record(each).due_on for each in claims}) == 1


def test_an_edit_that_is_off_is_not_told(practice) -> None:
    claim = coded_claim(practice)
    put(practice, replace(NORTH, filing_limit_days=1, filing_limit_reason="For the test"))
    assert "DAT-04" in codes(claim)
    profile_id = row_of(1).id
    manager = practice.actor("manager")
    off = replace(NORTH, filing_limit_days=1, filing_limit_reason="x", off=(Off("DAT-04", "They never enforce it."),))
    assert change_payer_profile(manager, profile_id, off, seen(profile_id))
    assert "DAT-04" in codes(claim)
    try_payer_profile(manager, profile_id)
    put_on(manager, profile_id, seen(profile_id))
    assert "DAT-04" not in codes(claim)
    assert row_of(profile_id).version == 2


def test_the_form_decides_how_it_leaves(practice) -> None:
    biller = practice.actor("biller")
    (before,) = look_at(biller, [ready_claim(practice, "First")])
    assert before.form == "837p"
    put(practice, replace(NORTH, form="cms1500"))
    (after,) = look_at(biller, [ready_claim(practice, "Second")])
    assert (after.form, after.stop) == ("cms1500", None)
    send_claims(biller, [after.claim_id])
    assert [each.form for each in db.session.query(Submission)] == ["cms1500"]


def test_trying_tells_what_would_change(practice) -> None:
    claim = ready_claim(practice)
    send_claims(practice.actor("biller"), [claim])
    manager = practice.actor("manager")
    profile_id = write_payer_profile(manager, replace(NORTH, form="cms1500", filing_limit_days=1))
    tried = try_payer_profile(manager, profile_id)
    assert (tried.claims, tried.answered, tried.differ, tried.forms, tried.held, tried.freed) == (1, 1, 1, 1, 1, 0)
    assert [(each.claim_id, each.form) for each in tried.met] == [(claim, "cms1500")]
    assert {each.code: (each.gone, each.new) for each in tried.tallies}["DAT-04"] == (0, 1)
    assert msgspec.convert(row_of(profile_id).tried, Tried) == tried
    other = write_payer_profile(manager, replace(NORTH, name="Others", identifiers=("ELSE",)))
    assert (try_payer_profile(manager, other).answered, try_payer_profile(manager, other).differ) == (0, 0)


def test_a_number_of_the_clearinghouse_is_the_payers(practice) -> None:
    put(practice, NORTH)
    house = db.session.query(Clearinghouse).filter_by(practice_id=practice.row.id).one()
    route = RouteFacts(payer_number="ROUTE7", used=True, enrols=False)
    set_route(practice.actor("manager"), practice.payer.id, house.id, route, "")
    claim = coded_claim(practice)
    assert assemble(record(claim)).claim.coverage.payer.identifier.value == "ROUTE7"
    assert record(claim).due_on == date(2026, 5, 4) + timedelta(days=180)
    payer = db.session.get_one(Payer, practice.payer.id)
    facts = facts_of(PayerFacts, payer)
    change_payer(practice.actor("manager"), payer.id, replace(facts, payer_number="NEW01"), print_of(facts))
    assert own_profiles(practice.row.id).of("ROUTE7", "CI") is PROFILES["commercial"]


def test_two_do_not_answer_for_one_payer(practice) -> None:
    manager = practice.actor("manager")
    put(practice, NORTH)
    with pytest.raises(Refused) as refused:
        write_payer_profile(manager, replace(NORTH, name="Second"))
    assert refused.value.where == "identifiers"
    second = replace(NORTH, name="Second", identifiers=(), filings=("MB",))
    rival = write_payer_profile(manager, second)
    try_payer_profile(manager, rival)
    put(practice, replace(second, name="Third"))
    with pytest.raises(Refused):
        put_on(manager, rival, seen(rival))
    with pytest.raises(Refused):
        write_payer_profile(manager, replace(NORTH, identifiers=("X1",)))


def test_the_second_of_two_writers_is_told(practice) -> None:
    manager = practice.actor("manager")
    profile_id = put(practice, NORTH)
    before = seen(profile_id)
    change_payer_profile(manager, profile_id, replace(NORTH, needs_referral=True), before)
    for act in (
        lambda: change_payer_profile(manager, profile_id, replace(NORTH, needs_taxonomy=True), before),
        lambda: put_back(manager, profile_id, before),
        lambda: drop_proposal(manager, profile_id, before),
    ):
        with pytest.raises(Overtaken):
            act()
    assert row_of(profile_id).proposed["needs_referral"] is True


def test_a_wording_changed_while_it_was_tried_is_not_put_on(practice, monkeypatch) -> None:
    manager = practice.actor("manager")
    profile_id = write_payer_profile(manager, NORTH)

    def meanwhile(practice_id, last):
        monkeypatch.undo()
        change_payer_profile(manager, profile_id, replace(NORTH, needs_referral=True), seen(profile_id))
        return last_claims(practice_id, last)

    monkeypatch.setattr("billing.services.try_payer_profile.last_claims", meanwhile)
    with pytest.raises(Overtaken):
        try_payer_profile(manager, profile_id)
    assert row_of(profile_id).tried is None


def test_a_proposal_is_dropped(practice) -> None:
    manager = practice.actor("manager")
    profile_id = write_payer_profile(manager, NORTH)
    with pytest.raises(Refused):
        drop_proposal(manager, profile_id, seen(profile_id))
    try_payer_profile(manager, profile_id)
    put_on(manager, profile_id, seen(profile_id))
    change_payer_profile(manager, profile_id, replace(NORTH, name="Other name"), seen(profile_id))
    drop_proposal(manager, profile_id, seen(profile_id))
    assert (row_of(profile_id).name, row_of(profile_id).proposed) == ("North Lake", None)
    assert not change_payer_profile(manager, profile_id, NORTH, seen(profile_id))
    change_payer_profile(manager, profile_id, replace(NORTH, most_acts=3), seen(profile_id))
    assert change_payer_profile(manager, profile_id, NORTH, seen(profile_id))
    assert row_of(profile_id).proposed is None


def test_a_file_is_taken_whole_or_not(practice) -> None:
    manager = practice.actor("manager")
    second = replace(NORTH, name="Second", identifiers=("X2",))
    with pytest.raises(Refused):
        take_payer_profiles(manager, [second, replace(NORTH, name="")])
    with pytest.raises(Refused):
        take_payer_profiles(manager, [second, second])
    db.session.rollback()
    assert db.session.query(OwnPayerProfile).count() == 0
    assert take_payer_profiles(manager, [second, NORTH]) == 2
    assert own_profiles(practice.row.id) is BUILT_IN
    assert take_payer_profiles(manager, []) == 0


def test_another_practice_has_its_own(practice, other_practice) -> None:
    profile_id = put(practice, NORTH)
    theirs = other_practice.actor("manager")
    for act in (
        lambda: try_payer_profile(theirs, profile_id),
        lambda: put_on(theirs, profile_id, ""),
        lambda: put_back(theirs, profile_id, ""),
        lambda: drop_proposal(theirs, profile_id, ""),
        lambda: change_payer_profile(theirs, profile_id, NORTH, ""),
    ):
        with pytest.raises(Unknown):
            act()
    assert own_profiles(other_practice.row.id) is BUILT_IN
    write_payer_profile(theirs, NORTH)


def test_who_codes_does_not_say_what_payers_ask(practice) -> None:
    biller = practice.actor("biller")
    profile_id = write_payer_profile(practice.actor("manager"), NORTH)
    for act in (
        lambda: write_payer_profile(biller, NORTH),
        lambda: try_payer_profile(biller, profile_id),
        lambda: move_deadlines(biller),
    ):
        with pytest.raises(NotAllowed):
            act()


BLOCKS = min(BLOCKING)


@pytest.mark.parametrize(
    ("change", "where"),
    [
        ({"name": " "}, "name"),
        ({"name": "x" * 61}, "name"),
        ({"base": "nobody"}, "base"),
        ({"form": "fax"}, "form"),
        ({"identifiers": ()}, "identifiers"),
        ({"identifiers": ("A B",)}, "identifiers"),
        ({"filings": ("ZZZ",)}, "filings"),
        ({"filing_limit_days": 0}, "filing_limit_days"),
        ({"filing_limit_days": 9999}, "filing_limit_days"),
        ({"filing_limit_reason": None}, "filing_limit_reason"),
        ({"off": (Off("XXX-99", "no such"),)}, "off[0].code"),
        ({"off": (Off(WARNS, "because"), Off(BLOCKS, "because"))}, "off[1].code"),
        ({"off": (Off(WARNS, "because"), Off(WARNS, "because"))}, "off[1].code"),
        ({"off": (Off(WARNS, " "),)}, "off[0].reason"),
        ({"off": tuple(Off(WARNS, "because") for _ in range(MOST_OFF + 1))}, "off"),
        ({"on": ("XXX-99",)}, "on"),
        ({"on": (WARNS,)}, "on"),
        ({"authorization_codes": ("7054",)}, "authorization_codes"),
        ({"authorization_codes": ("70559-70540",)}, "authorization_codes"),
        ({"most_acts": 0}, "most_acts"),
        ({"most_acts": 51}, "most_acts"),
    ],
)
def test_what_no_profile_says_is_refused_at_its_field(app, change, where) -> None:
    with pytest.raises(Refused) as refused:
        in_order(replace(NORTH, **change))
    assert (refused.value.where, bool(refused.value.remedy)) == (where, True)
    assert str(refused.value)


def test_what_is_kept_is_tidy(app) -> None:
    kept = in_order(
        replace(
            NORTH,
            name="  North   Lake ",
            identifiers=("nlm01", "NLM01", " "),
            filings=("mb", "MB"),
            on=("med-01",) if "MED-01" in EDITS else (),
            authorization_codes=("70540-70559", "e0100", "E0100"),
            off=(Off(WARNS.lower(), " a  reason "),),
        )
    )
    assert (kept.name, kept.identifiers, kept.filings) == ("North Lake", ("NLM01",), ("MB",))
    assert kept.authorization_codes == ("70540-70559", "E0100")
    assert kept.off == (Off(WARNS, "a reason"),)
    assert in_order(kept) == kept


def test_they_are_read_once_for_many_claims(practice) -> None:
    claim = coded_claim(practice)
    put(practice, NORTH)
    codes(claim)
    with statements() as sent:
        codes(claim)
    assert not any("payer_profile." in each for each in sent)
    kept = own_profiles(practice.row.id)
    db.session.execute(text("UPDATE practice SET payer_profiles = payer_profiles + 1"))
    db.session.commit()
    db.session.expire_all()
    assert own_profiles(practice.row.id) is not kept


def test_each_row_is_the_fold_of_its_facts(practice) -> None:
    manager = practice.actor("manager")
    profile_id = put(practice, NORTH)
    change_payer_profile(
        manager, profile_id, replace(NORTH, name="Renamed", off=(Off(WARNS, "no"),) * 0), seen(profile_id)
    )
    put_back(manager, profile_id, seen(profile_id))
    state: dict = {}
    for fact in db.session.query(Fact).filter_by(thing="payer_profile", thing_id=profile_id).order_by(Fact.sequence):
        state |= fact.body.get("after") or {}
    assert msgspec.convert(state, ProfileFacts) == facts_of(ProfileFacts, row_of(profile_id))


def test_the_practice_outlives_the_way_down_and_up(practice) -> None:
    """Revision 0010: a table and a column of the practice."""
    put(practice, NORTH)
    claim, before = coded_claim(practice), practice.row.id
    db.session.remove()
    downgrade(revision="0009")
    upgrade()
    assert db.session.query(OwnPayerProfile).count() == 0
    assert own_profiles(before) is BUILT_IN
    assert record(claim).practice_id == before
