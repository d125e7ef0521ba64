"""The practice, its places and its colleagues: kept as read, told as facts, nothing half done."""

from __future__ import annotations

import msgspec
import pytest

from clinic.base import db
from clinic.domain.refusal import Refused
from clinic.domain.set_up import LocationFacts, PracticeFacts, ProviderFacts
from clinic.models import Fact, JournalAct, Location, Practice, Provider
from clinic.services.acting import NotAllowed
from clinic.services.change_location import change_location
from clinic.services.change_practice import change_practice
from clinic.services.change_provider import change_provider
from clinic.services.changing import Overtaken, facts_of, print_of
from clinic.services.enter_provider import enter_provider
from clinic.services.find import Unknown
from clinic.services.open_location import open_location

ANNEX = LocationFacts(
    name="Harbor  Annex",
    street="4 Pier Street",
    city="Two Harbors",
    state="mn",
    postal_code="55616 0588",
    place_of_service="11",
    clia="24-D-0000418",
    clia_kind="ppm",
    time_zone="America/Chicago",
    active=True,
)
COLLEAGUE = ProviderFacts(last="Brandt", first="Lena", npi="1245319599", profession="physician", active=True)


def told(thing: str, thing_id: int) -> list[Fact]:
    return db.session.query(Fact).filter_by(thing=thing, thing_id=thing_id).order_by(Fact.sequence).all()


def practice_facts(practice) -> PracticeFacts:
    return facts_of(PracticeFacts, db.session.get(Practice, practice.row.id, populate_existing=True))


def test_a_change_of_the_practice_is_kept_and_told(practice) -> None:
    before = practice_facts(practice)
    db.session.commit()
    change_practice(
        practice.actor("manager"),
        msgspec.structs.replace(before, phone="+1 218.555.0199", four_eyes=("review",)),
        print_of(before),
    )
    after = practice_facts(practice)
    assert (after.phone, after.four_eyes) == ("2185550199", ("review",))
    assert msgspec.structs.replace(after, phone=before.phone, four_eyes=()) == before
    (fact,) = told("practice", practice.row.id)
    assert fact.type == "practice.changed"
    assert fact.body == {
        "before": {"phone": "2185550142", "four_eyes": []},
        "after": {"phone": "2185550199", "four_eyes": ["review"]},
    }
    row = db.session.query(JournalAct).one()
    assert (row.act, row.thing, row.detail) == ("practice.write", "practice", "phone four_eyes")


def test_a_change_of_nothing_is_no_fact(practice) -> None:
    before = practice_facts(practice)
    db.session.commit()
    change_practice(practice.actor("manager"), before, print_of(before))
    assert told("practice", practice.row.id) == []
    assert db.session.query(JournalAct).one().detail == "unchanged"


@pytest.mark.parametrize(
    ("fields", "where"),
    [
        ({"name": ""}, "name"),
        ({"npi": "1234567890"}, "npi"),
        ({"tax_id": "12-345"}, "tax_id"),
        ({"tax_system": "vat"}, "tax_system"),
        ({"taxonomy": "207Q00000Y"}, "taxonomy"),
        ({"steps": ("dance",)}, "steps"),
        ({"four_eyes": ("dance",)}, "four_eyes"),
        ({"pay_to_city": "Duluth"}, "pay_to_street"),
    ],
)
def test_what_is_no_number_changes_nothing(practice, fields, where) -> None:
    before = practice_facts(practice)
    db.session.commit()
    with pytest.raises(Refused) as refused:
        change_practice(practice.actor("manager"), msgspec.structs.replace(before, **fields), print_of(before))
    assert refused.value.where == where
    assert practice_facts(practice) == before
    assert db.session.query(JournalAct).count() == 0


def test_the_second_of_two_is_told(practice) -> None:
    before = practice_facts(practice)
    db.session.commit()
    change_practice(practice.actor("manager"), msgspec.structs.replace(before, name="First"), print_of(before))
    with pytest.raises(Overtaken):
        change_practice(
            practice.actor("administrator"), msgspec.structs.replace(before, name="Second"), print_of(before)
        )
    assert practice_facts(practice).name == "First"
    assert db.session.query(JournalAct).count() == 1


def test_a_place_can_be_made_again_from_its_facts(practice) -> None:
    who = practice.actor("administrator")
    place = open_location(who, ANNEX)
    row = db.session.get(Location, place)
    assert (row.name, row.state, row.postal_code, row.clia) == ("Harbor Annex", "MN", "556160588", "24D0000418")
    seen = facts_of(LocationFacts, row)
    db.session.commit()
    change_location(who, place, msgspec.structs.replace(seen, active=False, clia=None), print_of(seen))
    state: dict = {}
    for fact in told("location", place):
        state |= fact.body["after"]
    row = db.session.get(Location, place, populate_existing=True)
    assert msgspec.convert(state, LocationFacts) == facts_of(LocationFacts, row)
    assert (row.active, row.clia) == (False, None)


@pytest.mark.parametrize(
    ("fields", "where"),
    [
        ({"name": "Main Street"}, "name"),
        ({"time_zone": "America/Nowhere"}, "time_zone"),
        ({"place_of_service": "00"}, "place_of_service"),
        ({"clia": "ZZ"}, "clia"),
        ({"clia_kind": "moderate"}, "clia_kind"),
        ({"street": " "}, "street"),
    ],
)
def test_places_that_are_refused(practice, fields, where) -> None:
    with pytest.raises(Refused) as refused:
        open_location(practice.actor("manager"), msgspec.structs.replace(ANNEX, **fields))
    assert refused.value.where == where
    assert db.session.query(Location).count() == 1


def test_the_same_name_in_another_practice_is_free(practice, other_practice) -> None:
    open_location(practice.actor("manager"), ANNEX)
    open_location(other_practice.actor("manager"), ANNEX)
    assert db.session.query(Location).filter_by(name="Harbor Annex").count() == 2


def test_whose_places_and_colleagues(practice, other_practice) -> None:
    who = practice.actor("manager")
    theirs = enter_provider(other_practice.actor("manager"), COLLEAGUE)
    for act in (
        lambda: change_location(who, other_practice.location.id, ANNEX, ""),
        lambda: change_provider(who, theirs, COLLEAGUE, ""),
        lambda: change_provider(who, practice.provider.id, COLLEAGUE, ""),  # works here: changed as staff
    ):
        with pytest.raises(Unknown):
            act()
    for role in ("assistant", "biller", "provider"):
        with pytest.raises(NotAllowed):
            open_location(practice.actor(role), ANNEX)


def test_a_colleague_is_outside_and_changed(practice) -> None:
    who = practice.actor("manager")
    entered = enter_provider(who, COLLEAGUE)
    row = db.session.get(Provider, entered)
    assert (row.outside, row.staff_id, row.active) == (True, None, True)
    seen = facts_of(ProviderFacts, row)
    db.session.commit()
    change_provider(who, entered, msgspec.structs.replace(seen, active=False), print_of(seen))
    assert [fact.type for fact in told("provider", entered)] == ["provider.entered", "provider.changed"]
    assert not db.session.get(Provider, entered, populate_existing=True).active
