"""Who works here: what holds whoever asks, by form or by call."""

from __future__ import annotations

import msgspec
import pytest

from clinic.base import db
from clinic.domain.refusal import Refused
from clinic.domain.set_up import StaffFacts
from clinic.models import Fact, JournalAct, Provider, Staff
from clinic.services.acting import NotAllowed
from clinic.services.change_staff import change_staff, staff_facts
from clinic.services.changing import Overtaken, print_of
from clinic.services.find import Unknown
from clinic.services.reset_pass_phrase import reset_pass_phrase
from clinic.services.take_on_staff import take_on_staff

BILLER = StaffFacts(first="Nora", last="Quist", roles=("biller",), active=True)
DENTIST = StaffFacts(
    first="Marta", last="Lind", roles=("provider",), active=True, npi="124-531-9599", profession="dentist", suffix="DDS"
)


def facts(member_id: int) -> StaffFacts:
    member = db.session.get(Staff, member_id, populate_existing=True)
    return staff_facts(member, db.session.query(Provider).filter_by(staff_id=member_id).populate_existing().first())


def change(actor, member_id: int, **fields) -> None:
    now = facts(member_id)
    db.session.commit()
    change_staff(actor, member_id, msgspec.structs.replace(now, **fields), print_of(now))


def test_someone_taken_on_has_a_phrase_that_is_kept_nowhere(practice) -> None:
    who = practice.actor("administrator")
    member_id, phrase = take_on_staff(who, " Nora-Q ", BILLER)
    member = db.session.get(Staff, member_id)
    assert (member.username, [role.name for role in member.roles]) == ("nora-q", ["biller"])
    assert len(phrase.replace("-", "")) == 20
    told = db.session.query(Fact).filter_by(thing="staff", thing_id=member_id).one()
    assert (told.type, told.body["after"]["roles"], told.actor_id) == ("staff.entered", ["biller"], who.staff_id)
    assert phrase not in str(told.body)
    row = db.session.query(JournalAct).filter_by(thing="staff", thing_id=member_id).one()
    assert (row.act, row.detail) == ("staff.write", "entered roles:biller")


def test_a_provider_comes_with_numbers_and_stays_in_visits_when_gone(practice) -> None:
    who = practice.actor("administrator")
    member_id, _phrase = take_on_staff(who, "marta", DENTIST)
    provider = db.session.query(Provider).filter_by(staff_id=member_id).one()
    assert (provider.npi, provider.profession, provider.suffix, provider.active) == (
        "1245319599",
        "dentist",
        "DDS",
        True,
    )
    change(who, member_id, last="Lindqvist")
    assert db.session.get(Provider, provider.id, populate_existing=True).last == "Lindqvist"
    change(who, member_id, roles=("manager",), npi=None, profession=None, suffix=None)
    provider = db.session.get(Provider, provider.id, populate_existing=True)
    assert (provider.active, provider.npi) == (False, "1245319599")
    change(who, member_id, roles=("provider",), npi="1234567893", profession="dentist")
    assert db.session.query(Provider).filter_by(staff_id=member_id).one().active


@pytest.mark.parametrize(
    ("facts_", "where"),
    [
        (msgspec.structs.replace(BILLER, roles=()), "roles"),
        (msgspec.structs.replace(BILLER, roles=("king",)), "roles"),
        (msgspec.structs.replace(BILLER, last="  "), "last"),
        (msgspec.structs.replace(DENTIST, npi=None), "npi"),
        (msgspec.structs.replace(DENTIST, npi="1245319598"), "npi"),
        (msgspec.structs.replace(DENTIST, profession=None), "profession"),
        (msgspec.structs.replace(DENTIST, taxonomy="12"), "taxonomy"),
    ],
)
def test_what_is_missing_is_refused_and_nobody_is_there(practice, facts_, where) -> None:
    before = db.session.query(Staff).count()
    with pytest.raises(Refused) as refused:
        take_on_staff(practice.actor("administrator"), "nora", facts_)
    assert refused.value.where == where
    assert db.session.query(Staff).count() == before


@pytest.mark.parametrize("name", ["", "a", "two words", "a@b", "x" * 65, "northlake-biller", "HARBOR-BILLER"])
def test_user_names(practice, other_practice, name) -> None:
    with pytest.raises(Refused) as refused:
        take_on_staff(practice.actor("administrator"), name, BILLER)
    assert refused.value.where == "username"


def test_the_last_administrator_stays_one(practice) -> None:
    who = practice.actor("administrator")
    for fields in ({"roles": ("manager",)}, {"active": False}):
        with pytest.raises(Refused):
            change(who, who.staff_id, **fields)
    change(who, who.staff_id, roles=("biller", "administrator"))  # alone, one may add to one's own
    assert facts(who.staff_id).roles == ("biller", "administrator")
    second, _phrase = take_on_staff(who, "second", msgspec.structs.replace(BILLER, roles=("administrator",)))
    with pytest.raises(Refused) as refused:
        change(who, who.staff_id, roles=("administrator",))  # now the other can do it
    assert refused.value.where == "roles"
    with pytest.raises(Refused) as refused:
        change(who, who.staff_id, active=False)
    assert refused.value.where == "active"
    change(who, second, active=False)
    with pytest.raises(Refused):
        change(who, who.staff_id, roles=("biller",))  # one who has left does not count


def test_an_administrator_of_another_practice_does_not_count(practice, other_practice) -> None:
    who = practice.actor("administrator")
    with pytest.raises(Refused):
        change(who, who.staff_id, roles=("manager",))


def test_leaving_ends_sessions_and_a_change_of_name_does_not(practice) -> None:
    who, member = practice.actor("administrator"), practice.staff["biller"].id
    before = db.session.get(Staff, member).fs_uniquifier
    change(who, member, last="Okafor")
    assert db.session.get(Staff, member, populate_existing=True).fs_uniquifier == before
    change(who, member, active=False)
    assert db.session.get(Staff, member, populate_existing=True).fs_uniquifier != before


def test_the_second_of_two_is_told(practice) -> None:
    who, member = practice.actor("administrator"), practice.staff["biller"].id
    seen = facts(member)
    db.session.commit()
    change(who, member, roles=("assistant",))
    with pytest.raises(Overtaken) as overtaken:
        change_staff(who, member, msgspec.structs.replace(seen, roles=("manager",)), print_of(seen))
    assert overtaken.value.now.roles == ("assistant",)
    assert facts(member).roles == ("assistant",)


def test_only_administrators_and_only_their_own(practice, other_practice) -> None:
    with pytest.raises(NotAllowed):
        take_on_staff(practice.actor("manager"), "nora", BILLER)
    theirs = other_practice.staff["biller"].id
    for act in (
        lambda who: change_staff(who, theirs, BILLER, ""),
        lambda who: reset_pass_phrase(who, theirs),
    ):
        with pytest.raises(Unknown):
            act(practice.actor("administrator"))


def test_changes_tell_all_of_it(practice) -> None:
    who = practice.actor("administrator")
    member_id, _phrase = take_on_staff(who, "nora", BILLER)
    change(who, member_id, roles=("biller", "manager"), first="Nora May")
    told = db.session.query(Fact).filter_by(thing="staff", thing_id=member_id).order_by(Fact.sequence).all()
    state = told[0].body["after"] | told[1].body["after"]
    state.pop("username")
    assert msgspec.convert(state, StaffFacts) == facts(member_id)
    assert told[1].body["before"] == {"roles": ["biller"], "first": "Nora"}
