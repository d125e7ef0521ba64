"""Which way claims go, what payers are called there, and what a change of it does to claims already looked at."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from msgspec.structs import replace

from billing.coding.changes import SetField
from billing.domain.routes import ClearinghouseFacts, RouteFacts
from billing.models import ClaimRecord, Clearinghouse, PayerRoute
from billing.services.change_claim import change_claim
from billing.services.change_clearinghouse import change_clearinghouse
from billing.services.claim_value import NO_PAYER_NUMBER, assemble, load
from billing.services.enter_clearinghouse import enter_clearinghouse
from billing.services.forms import FORMS
from billing.services.leaving import CHANGED, look_at
from billing.services.routes import Route, addressed, route_for, routes_of
from billing.services.set_route import UNSAID, set_route
from billing.services.transmission import transmission
from clinic.base import db
from clinic.domain.refusal import Refused
from clinic.models import Coverage, Fact, JournalAct, Payer
from clinic.services.acting import NotAllowed
from clinic.services.changing import Overtaken, facts_of, print_of
from clinic.services.find import Unknown
from tests.billing.services.steps import coded_claim, digest_of, ready_claim
from tests.clinic.views.counting import statements

SECOND = ClearinghouseFacts(name="Harbor Gate", submitter_id="nl-77", receiver_id="GATE", active=True)
NOTHING = print_of(UNSAID)


@pytest.fixture
def first(practice) -> int:
    return db.session.query(Clearinghouse.id).filter_by(practice_id=practice.row.id).scalar()


@pytest.fixture
def second(practice) -> int:
    return enter_clearinghouse(practice.actor("manager"), SECOND)


def route(practice, house: int, facts: RouteFacts, seen: str = NOTHING, payer: int | None = None) -> int:
    return set_route(practice.actor("manager"), payer or practice.payer.id, house, facts, seen)


def payer_number(practice, claim_id: int) -> str:
    return assemble(load(practice.actor("biller"), claim_id)).claim.coverage.payer.identifier.value


def another_payer(practice, name: str = "Granite Fund", number: str | None = "GSW01") -> Payer:
    row = Payer(practice_id=practice.row.id, name=name, payer_number=number, filing="CI")
    db.session.add(row)
    db.session.commit()
    return row


def test_the_only_clearinghouse_serves_all(practice, first) -> None:
    assert route_for(practice.row.id, practice.payer.id) == Route(
        payer_name="Northlake Mutual",
        clearinghouse_id=first,
        submitter_id="NORTHLAKE",
        receiver_id="CLEARHOUSE",
        receiver_name="Clear House",
        payer_number=None,
        enrols=False,
        several=False,
    )


def test_what_it_calls_a_payer_counts_without_being_chosen(practice, first) -> None:
    route(practice, first, RouteFacts(payer_number="60054", used=False, enrols=True))
    found = route_for(practice.row.id, practice.payer.id)
    assert (found.clearinghouse_id, found.payer_number, found.enrols) == (first, "60054", True)


def test_of_several_one_must_be_chosen(practice, first, second) -> None:
    with pytest.raises(Refused) as refused:
        route_for(practice.row.id, practice.payer.id)
    assert (refused.value.where, refused.value.params["payer"]) == ("payer.route", "Northlake Mutual")
    assert refused.value.remedy
    route(practice, second, RouteFacts(payer_number="NLM-G", used=True))
    found = route_for(practice.row.id, practice.payer.id)
    assert (found.clearinghouse_id, found.submitter_id, found.receiver_id) == (second, "NL-77", "GATE")
    assert (found.payer_number, found.several) == ("NLM-G", True)


def test_without_any_nothing_is_addressed(practice, first) -> None:
    house = facts_of(ClearinghouseFacts, db.session.get_one(Clearinghouse, first))
    change_clearinghouse(practice.actor("manager"), first, replace(house, active=False), print_of(house))
    with pytest.raises(Refused) as refused:
        route_for(practice.row.id, practice.payer.id)
    assert refused.value.where == "practice.clearinghouse"


def test_a_route_out_of_use_is_passed_over(practice, first, second) -> None:
    route(practice, second, RouteFacts(payer_number="NLM-G", used=True))
    gate = facts_of(ClearinghouseFacts, db.session.get_one(Clearinghouse, second))
    change_clearinghouse(practice.actor("manager"), second, replace(gate, active=False), print_of(gate))
    found = route_for(practice.row.id, practice.payer.id)
    assert (found.clearinghouse_id, found.payer_number) == (first, None)
    with pytest.raises(Refused) as refused:
        route(practice, second, RouteFacts(used=True), print_of(RouteFacts(payer_number="NLM-G", used=True)))
    assert refused.value.where == "used"


def test_many_payers_cost_one_statement_and_others_are_not_told(practice, other_practice, first, second) -> None:
    payers = [another_payer(practice, f"Payer {number}").id for number in range(5)]
    route(practice, second, RouteFacts(used=True), payer=payers[0])
    theirs = other_practice.payer.id
    mine = practice.row.id
    with statements() as sent:
        found = routes_of(mine, [*payers, theirs])
    assert len(sent) == 1
    assert found.keys() == set(payers)
    assert [found[each].clearinghouse_id for each in payers] == [second, None, None, None, None]
    with pytest.raises(Unknown):
        route_for(mine, theirs)


def test_of_one_payers_routes_one_is_used(practice, first, second) -> None:
    route(practice, first, RouteFacts(payer_number="A", used=True))
    route(practice, second, RouteFacts(payer_number="B", used=True))
    rows = {row.clearinghouse_id: row for row in db.session.query(PayerRoute)}
    assert {house: (row.used, row.payer_number) for house, row in rows.items()} == {
        first: (False, "A"),
        second: (True, "B"),
    }
    facts = db.session.query(Fact).filter_by(thing="payer_route", thing_id=rows[first].id).order_by(Fact.sequence)
    assert [(fact.type, fact.body) for fact in facts] == [
        (
            "payer_route.entered",
            {
                "after": {
                    "payer_id": practice.payer.id,
                    "clearinghouse_id": first,
                    "payer_number": "A",
                    "used": True,
                    "enrols": False,
                }
            },
        ),
        ("payer_route.changed", {"before": {"used": True}, "after": {"used": False}}),
    ]
    acts = db.session.query(JournalAct).filter_by(thing="payer_route", thing_id=rows[first].id)
    assert [act.act for act in acts] == ["route.write", "route.write"]


def test_the_second_of_two_is_told(practice, first) -> None:
    route(practice, first, RouteFacts(payer_number="A"))
    with pytest.raises(Overtaken) as overtaken:
        route(practice, first, RouteFacts(payer_number="B"))
    assert overtaken.value.now == RouteFacts(payer_number="A")
    assert db.session.query(PayerRoute).one().payer_number == "A"


def test_who_may_not_changes_nothing(practice, other_practice, first) -> None:
    for role in ("assistant", "biller", "provider"):
        with pytest.raises(NotAllowed):
            enter_clearinghouse(practice.actor(role), SECOND)
        with pytest.raises(NotAllowed):
            set_route(practice.actor(role), practice.payer.id, first, RouteFacts(used=True), NOTHING)
    theirs = db.session.query(Clearinghouse.id).filter_by(practice_id=other_practice.row.id).scalar()
    for payer, house in ((practice.payer.id, theirs), (other_practice.payer.id, first)):
        with pytest.raises(Unknown):
            set_route(practice.actor("manager"), payer, house, RouteFacts(used=True), NOTHING)
    with pytest.raises(Unknown):
        change_clearinghouse(practice.actor("manager"), theirs, SECOND, "")
    assert db.session.query(PayerRoute).count() == 0
    assert db.session.query(Clearinghouse).count() == 2


@pytest.mark.parametrize(
    ("fields", "where"),
    [
        ({"name": " "}, "name"),
        ({"name": "Clear House"}, "name"),
        ({"submitter_id": "A" * 16}, "submitter_id"),
        ({"submitter_id": ""}, "submitter_id"),
        ({"receiver_id": "A~B"}, "receiver_id"),
    ],
)
def test_what_is_no_clearinghouse_is_refused(practice, fields, where) -> None:
    with pytest.raises(Refused) as refused:
        enter_clearinghouse(practice.actor("administrator"), replace(SECOND, **fields))
    assert refused.value.where == where
    assert db.session.query(Clearinghouse).filter_by(practice_id=practice.row.id).count() == 1


def test_a_clearinghouse_is_changed_as_it_was_seen(practice, second) -> None:
    row = db.session.get_one(Clearinghouse, second)
    before = facts_of(ClearinghouseFacts, row)
    assert before == replace(SECOND, submitter_id="NL-77")
    change_clearinghouse(practice.actor("manager"), second, replace(before, active=False), print_of(before))
    assert not db.session.get_one(Clearinghouse, second).active
    types = [fact.type for fact in db.session.query(Fact).filter_by(thing="clearinghouse", thing_id=second)]
    assert types == ["clearinghouse.entered", "clearinghouse.changed"]
    with pytest.raises(Overtaken):
        change_clearinghouse(practice.actor("manager"), second, replace(before, name="X"), print_of(before))


def test_the_claim_carries_the_number_of_its_route(practice, first) -> None:
    claim_id = coded_claim(practice)
    assert payer_number(practice, claim_id) == "NLM01"
    route(practice, first, RouteFacts(payer_number="60054"))
    claim = assemble(load(practice.actor("biller"), claim_id)).claim
    assert (claim.coverage.payer.identifier.system, claim.coverage.payer.identifier.value) == ("payer", "60054")


def test_a_payer_without_a_number_of_its_own_may_have_one_there(practice, first) -> None:
    claim_id = coded_claim(practice)
    db.session.get_one(Payer, practice.payer.id).payer_number = None
    db.session.commit()
    assert assemble(load(practice.actor("biller"), claim_id)).missing == (NO_PAYER_NUMBER,)
    route(practice, first, RouteFacts(payer_number="60054"))
    assert payer_number(practice, claim_id) == "60054"


def test_other_payers_are_called_as_the_receiver_of_the_file_calls_them(practice, first, second) -> None:
    claim_id = coded_claim(practice)
    other = another_payer(practice)
    patient_id = db.session.get_one(ClaimRecord, claim_id).patient_id
    db.session.add(
        Coverage(
            practice_id=practice.row.id,
            patient_id=patient_id,
            payer_id=other.id,
            rank="S",
            member_id="G1",
            filing="CI",
        )
    )
    db.session.commit()
    route(practice, second, RouteFacts(used=True))
    route(practice, first, RouteFacts(payer_number="FIRST", used=True), payer=other.id)
    (before,) = assemble(load(practice.actor("biller"), claim_id)).claim.other_coverages
    assert before.payer.identifier.value == "GSW01"
    route(practice, second, RouteFacts(payer_number="SECOND"), payer=other.id)
    (after,) = assemble(load(practice.actor("biller"), claim_id)).claim.other_coverages
    assert after.payer.identifier.value == "SECOND"


def test_claims_of_a_batch_ask_for_their_route_once(practice, first) -> None:
    claims = [coded_claim(practice), coded_claim(practice, "Osei")]
    records = [load(practice.actor("biller"), claim_id) for claim_id in claims]
    with statements() as sent:
        for record in records:
            assemble(record)
    assert sum("clearinghouse" in each for each in sent) == 1
    route(practice, first, RouteFacts(payer_number="60054"))
    assert {payer_number(practice, claim_id) for claim_id in claims} == {"60054"}


def test_a_claim_routed_anew_is_not_what_was_reviewed(practice, first, second) -> None:
    route(practice, first, RouteFacts(used=True))
    claim_id = ready_claim(practice)
    (looked,) = look_at(practice.actor("biller"), [claim_id])
    assert (looked.stop, looked.route.clearinghouse_id) == (None, first)
    held = digest_of(practice, claim_id)
    route(practice, second, RouteFacts(used=True))
    assert digest_of(practice, claim_id) == held  # the same claim another way: nothing of it has changed
    assert look_at(practice.actor("biller"), [claim_id])[0].route.clearinghouse_id == second
    said = RouteFacts(used=True)
    route(practice, second, replace(said, payer_number="60054"), print_of(said))
    assert digest_of(practice, claim_id) != held
    (looked,) = look_at(practice.actor("biller"), [claim_id])
    assert (looked.stop, looked.claim) == (CHANGED, None)


def test_the_envelope_is_that_of_the_route(practice, second) -> None:
    route(practice, second, RouteFacts(used=True))
    way = route_for(practice.row.id, practice.payer.id)
    made = transmission(practice.row, way, 7, datetime(2026, 5, 4, 20, tzinfo=UTC), "America/Chicago")
    assert (made.sender, made.submitter_id) == ("NL-77", "NL-77")
    assert (made.receiver, made.receiver_id, made.receiver_name) == ("GATE", "GATE", "HARBOR GATE")
    assert (made.created.date(), made.interchange) == (date(2026, 5, 4), 7)
    claim_id = coded_claim(practice)
    record = load(practice.actor("biller"), claim_id)
    assert b"*NL-77          *ZZ*GATE           *" in FORMS["837"].make(assemble(record).claim, record)


def test_a_practice_without_telephone_addresses_nothing(practice) -> None:
    way = route_for(practice.row.id, practice.payer.id)
    practice.row.phone = None
    with pytest.raises(Refused) as refused:
        transmission(practice.row, way, 7, datetime(2026, 5, 4, tzinfo=UTC), "UTC")
    assert refused.value.where == "practice.phone"


def test_a_route_that_ends_nowhere_is_refused_by_whoever_addresses(practice, second) -> None:
    way = routes_of(practice.row.id, [practice.payer.id])[practice.payer.id]
    with pytest.raises(Refused):
        addressed(way)
    with pytest.raises(Refused):
        transmission(practice.row, way, 7, datetime(2026, 5, 4, tzinfo=UTC), "UTC")


def test_a_claim_of_no_route_is_still_coded_and_looked_at(practice, second) -> None:
    claim_id = coded_claim(practice)
    outcome = change_claim(practice.actor("biller"), claim_id, SetField("note", "seen"))
    assert outcome.assembled.claim is not None
    assert outcome.assembled.route.clearinghouse_id is None
