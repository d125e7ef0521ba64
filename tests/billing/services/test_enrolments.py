"""Enrolments: entered, changed and ended as facts; what the edits and the queue make of them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from msgspec.structs import replace

from billing.domain.routes import EnrolmentFacts, RouteFacts
from billing.models import Clearinghouse, Enrolment
from billing.services.change_enrolment import change_enrolment, end_enrolment
from billing.services.claim_value import assemble, coding_of, load
from billing.services.enrolments import state, waiting
from billing.services.enter_enrolment import enter_enrolment
from billing.services.judging import judge
from billing.services.routes import consents
from billing.services.set_route import UNSAID, set_route
from clinic.base import db
from clinic.domain.period import Period
from clinic.domain.refusal import Refused
from clinic.models import Fact, Provider
from clinic.services.acting import NotAllowed
from clinic.services.changing import Overtaken, facts_of, print_of
from clinic.services.find import Unknown
from tests.billing.services.steps import coded_claim
from tests.clinic.views.counting import statements

ON = date(2026, 5, 6)
"""The day on which tests happen."""
WHOLE = EnrolmentFacts(transaction="837p", asked_on=date(2026, 1, 5), starts=date(2026, 2, 1), number=" EN 7 ")


@pytest.fixture
def enrols(practice) -> None:
    """The payer takes files only from those it has enrolled."""
    house = db.session.query(Clearinghouse.id).filter_by(practice_id=practice.row.id).scalar()
    manager = practice.actor("manager")
    set_route(manager, practice.payer.id, house, RouteFacts(used=True, enrols=True), print_of(UNSAID))


def entered(practice, **fields) -> int:
    return enter_enrolment(practice.actor("biller"), practice.payer.id, replace(WHOLE, **fields))


def row_of(enrolment_id: int) -> Enrolment:
    return db.session.get_one(Enrolment, enrolment_id, populate_existing=True)


def facts_about(enrolment_id: int) -> list[tuple[str, dict]]:
    rows = db.session.query(Fact).filter_by(thing="enrolment", thing_id=enrolment_id).order_by(Fact.sequence)
    return [(row.type, row.body) for row in rows]


def found(practice, claim_id: int) -> set[str]:
    record = load(practice.actor("biller"), claim_id)
    return {each.code for each in judge(assemble(record).claim, coding_of(record)).findings}


def test_an_enrolment_is_kept_and_told(practice) -> None:
    there = entered(practice, provider_id=practice.provider.id)
    row = row_of(there)
    assert (row.payer_id, row.provider_id, row.number) == (practice.payer.id, practice.provider.id, "EN 7")
    assert facts_about(there) == [
        (
            "enrolment.entered",
            {
                "after": {
                    "payer_id": practice.payer.id,
                    "provider_id": practice.provider.id,
                    "transaction": "837p",
                    "asked_on": "2026-01-05",
                    "starts": "2026-02-01",
                    "ends": None,
                    "number": "EN 7",
                }
            },
        )
    ]


def test_it_is_changed_and_ended_as_it_was_seen(practice) -> None:
    there = entered(practice, starts=None)
    before = facts_of(EnrolmentFacts, row_of(there))
    change_enrolment(practice.actor("manager"), there, replace(before, starts=date(2026, 3, 1)), print_of(before))
    with pytest.raises(Overtaken):
        end_enrolment(practice.actor("biller"), there, ON, print_of(before))
    now = facts_of(EnrolmentFacts, row_of(there))
    end_enrolment(practice.actor("biller"), there, ON, print_of(now))
    assert (row_of(there).starts, row_of(there).ends) == (date(2026, 3, 1), ON)
    assert facts_about(there)[1:] == [
        ("enrolment.changed", {"before": {"starts": None}, "after": {"starts": "2026-03-01"}}),
        ("enrolment.changed", {"before": {"ends": None}, "after": {"ends": "2026-05-06"}}),
    ]


@pytest.mark.parametrize(
    ("fields", "where"),
    [
        ({"transaction": "999"}, "transaction"),
        ({"transaction": " "}, "transaction"),
        ({"asked_on": None, "starts": None}, "asked_on"),
        ({"asked_on": date(2026, 5, 7)}, "asked_on"),
        ({"ends": date(2026, 1, 31)}, "ends"),
        ({"starts": None, "ends": date(2026, 1, 4)}, "ends"),
    ],
)
def test_what_is_no_enrolment_is_refused(practice, fields, where) -> None:
    with pytest.raises(Refused) as refused:
        entered(practice, **fields)
    assert refused.value.where == where
    assert db.session.query(Enrolment).count() == 0
    there = entered(practice)
    seen = print_of(facts_of(EnrolmentFacts, row_of(there)))
    with pytest.raises(Refused) as refused:
        change_enrolment(practice.actor("biller"), there, replace(WHOLE, **fields), seen)
    assert refused.value.where == where
    assert len(facts_about(there)) == 1


def test_only_who_bills_here_is_enrolled(practice, other_practice) -> None:
    colleague = Provider(practice_id=practice.row.id, last="Brandt", profession="physician", outside=True)
    db.session.add(colleague)
    db.session.commit()
    with pytest.raises(Refused) as refused:
        entered(practice, provider_id=colleague.id)
    assert refused.value.where == "provider_id"
    with pytest.raises(Unknown):
        entered(practice, provider_id=other_practice.provider.id)
    with pytest.raises(Unknown):
        enter_enrolment(practice.actor("biller"), other_practice.payer.id, WHOLE)
    there = entered(practice)
    with pytest.raises(Unknown):
        end_enrolment(other_practice.actor("biller"), there, ON, "")
    for role in ("assistant", "provider"):
        with pytest.raises(NotAllowed):
            enter_enrolment(practice.actor(role), practice.payer.id, WHOLE)
    assert db.session.query(Enrolment).count() == 1


def test_consents_are_those_of_the_practice_and_who_rendered(practice, other_practice, enrols) -> None:
    me, payer, mine = practice.provider.id, practice.payer.id, practice.row.id
    assert consents(mine, payer, "837p", [me]) == ()
    entered(practice, starts=None)
    assert consents(mine, payer, "837p", [me]) == ()
    entered(practice, transaction="835")
    entered(practice, ends=date(2026, 3, 1))
    entered(practice, provider_id=me, starts=date(2026, 1, 2))
    with statements() as sent:
        both = consents(mine, payer, "837p", [me])
    assert len(sent) == 2  # the route, and who is enrolled
    assert both == (Period(date(2026, 1, 2)), Period(date(2026, 2, 1), date(2026, 3, 1)))
    with statements() as sent:
        assert consents(mine, payer, "837p", []) == (Period(date(2026, 2, 1), date(2026, 3, 1)),)
    assert sent == []
    assert consents(other_practice.row.id, other_practice.payer.id, "837p", [me]) is None


def test_a_claim_waits_for_its_enrolment(practice, enrols) -> None:
    claim_id = coded_claim(practice)
    assert found(practice, claim_id) == {"ENR-01"}
    there = entered(practice, provider_id=practice.provider.id, starts=ON + timedelta(days=1))
    assert found(practice, claim_id) == {"ENR-01"}
    before = facts_of(EnrolmentFacts, row_of(there))
    after = replace(before, starts=ON, ends=ON + timedelta(days=14))
    change_enrolment(practice.actor("biller"), there, after, print_of(before))
    assert found(practice, claim_id) == {"ENR-02"}
    entered(practice, starts=ON + timedelta(days=15))
    assert found(practice, claim_id) == set()


def test_a_payer_that_takes_all_files_asks_for_none(practice) -> None:
    assert found(practice, coded_claim(practice)) == set()


def test_judging_costs_one_statement_for_it(practice, enrols) -> None:
    record = load(practice.actor("biller"), coded_claim(practice))
    claim, coding = assemble(record).claim, coding_of(record)
    with statements() as sent:
        judge(claim, coding)
        judge(claim, coding)
    assert sum("enrolment" in each for each in sent) == 1
    assert not any("clearinghouse" in each for each in sent)


def test_what_ends_or_is_not_answered_waits(practice, other_practice) -> None:
    ends = entered(practice, ends=ON + timedelta(days=60))
    today = entered(practice, transaction="835", ends=ON)
    asked = entered(practice, transaction="270", starts=None, asked_on=ON - timedelta(days=30))
    for quiet in (
        {"transaction": "276", "ends": ON + timedelta(days=61)},
        {"transaction": "276", "starts": None, "asked_on": ON - timedelta(days=29)},
        {"transaction": "276", "starts": None, "ends": ON},
        {"transaction": "276", "ends": ON - timedelta(days=1)},
        {"transaction": "276"},
    ):
        entered(practice, **quiet)
    enter_enrolment(other_practice.actor("biller"), other_practice.payer.id, replace(WHOLE, ends=ON))
    with statements() as sent:
        rows = waiting(practice.row.id, ON)
    assert len(sent) == 1
    assert [(each.enrolment.id, each.since, each.unanswered) for each in rows] == [
        (today, ON - timedelta(days=60), False),
        (ends, ON, False),
        (asked, ON, True),
    ]
    stands = state(rows, datetime(2026, 5, 6, 15, tzinfo=UTC), timedelta(days=14))
    assert (stands.count, stands.late, stands.ages) == (3, 1, (2, 0, 1))
    assert (stands.oldest, stands.due) == (datetime(2026, 3, 7, tzinfo=UTC), ON)


def test_what_goes_on_does_not_end(practice) -> None:
    ends = entered(practice, ends=ON)
    entered(practice, provider_id=practice.provider.id, starts=ON)
    entered(practice, transaction="837d", starts=ON)
    entered(practice, starts=None, asked_on=ON)
    assert [each.enrolment.id for each in waiting(practice.row.id, ON)] == [ends]
    entered(practice, starts=ON + timedelta(days=1), ends=ON + timedelta(days=400))
    assert waiting(practice.row.id, ON) == []
