"""Several people change one payer profile at one moment; and profiles cost no statement a claim."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

from msgspec.structs import replace

from app import create_app
from billing.models import OwnPayerProfile
from billing.payers import PROFILES
from billing.payers.own import begun_from
from billing.services.leaving import look_at
from billing.services.own_profiles import own_profiles
from billing.services.try_payer_profile import put_on, try_payer_profile
from billing.services.write_payer_profile import ProfileFacts, change_payer_profile, write_payer_profile
from clinic.base import db
from clinic.domain.refusal import Refused
from clinic.models import Fact
from clinic.services.changing import Overtaken, facts_of, print_of
from tests.billing.services.steps import ready_claim
from tests.clinic.views.counting import statements
from tests.fixtures.house import NOW

HANDS = 8
NORTH = begun_from(PROFILES["commercial"], name="North Lake", identifiers=("NLM01",))


def at_once(database: str, tmp_path, act) -> list:
    """What each of eight people is told who act at one moment."""
    application = create_app(
        tmp_path / "instance", TESTING=True, SQLALCHEMY_DATABASE_URI=database, CABINET_CLOCK=lambda: NOW
    )
    start = threading.Barrier(HANDS)

    def hand(number: int) -> object:
        with application.app_context():
            start.wait()
            try:
                return act(number)
            except (Overtaken, Refused) as said:
                return type(said)
            finally:
                db.session.remove()

    with ThreadPoolExecutor(HANDS) as pool:
        told = list(pool.map(hand, range(HANDS)))
    with application.app_context():
        db.engine.dispose()
    db.session.rollback()
    db.session.expire_all()
    return told


def test_one_of_several_writers_is_kept_and_the_others_are_told(practice, database, tmp_path) -> None:
    manager = practice.actor("manager")
    profile_id = write_payer_profile(manager, NORTH)
    seen = print_of(facts_of(ProfileFacts, db.session.get_one(OwnPayerProfile, profile_id)))
    wordings = [replace(NORTH, most_acts=number + 1) for number in range(HANDS)]
    told = at_once(database, tmp_path, lambda number: change_payer_profile(manager, profile_id, wordings[number], seen))
    assert sorted(map(str, told)) == sorted([*[str(Overtaken)] * (HANDS - 1), "True"])
    row = db.session.get_one(OwnPayerProfile, profile_id)
    assert row.version == 2
    assert row.proposed["most_acts"] == told.index(True) + 1
    assert db.session.query(Fact).filter_by(type="payer_profile.changed").count() == 1


def test_two_profiles_for_one_payer_are_never_put_on_at_once(practice, database, tmp_path) -> None:
    manager = practice.actor("manager")
    rivals = [write_payer_profile(manager, replace(NORTH, name=f"Rival {number}")) for number in range(HANDS)]
    for each in rivals:
        try_payer_profile(manager, each)
    seen = [print_of(facts_of(ProfileFacts, db.session.get_one(OwnPayerProfile, each))) for each in rivals]
    told = at_once(database, tmp_path, lambda number: put_on(manager, rivals[number], seen[number]))
    assert sorted(map(str, told)) == sorted([*[str(Refused)] * (HANDS - 1), "None"])
    standing = [row.name for row in db.session.query(OwnPayerProfile) if row.standing is not None]
    assert standing == [f"Rival {told.index(None)}"]
    assert own_profiles(practice.row.id).of("NLM01", "CI").name == standing[0]


def test_profiles_cost_no_statement_a_claim(practice) -> None:
    manager, biller = practice.actor("manager"), practice.actor("biller")
    claims = [ready_claim(practice, f"Calloway{letter}") for letter in "ABCD"]
    profile_id = write_payer_profile(manager, NORTH)
    try_payer_profile(manager, profile_id)
    put_on(manager, profile_id, print_of(facts_of(ProfileFacts, db.session.get_one(OwnPayerProfile, profile_id))))
    own_profiles(practice.row.id)
    with statements() as sent:
        look_at(biller, claims)
    assert not any("payer_profile." in each or "payer_route.payer_number, payer.payer_number" in each for each in sent)
