"""What waits where, by when it must be gone, and who works on it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import exists, select

from billing.coding.changes import SetField
from billing.coding.story import Stop, Stopped, after, begin, body_of
from billing.models import ClaimRecord, ClaimVisit
from billing.services.assign_claims import assign_claims
from billing.services.change_claim import change_claim
from billing.services.deadline import due_by_payer, due_on
from billing.services.hold_claim import finish_coding, return_claim
from billing.services.open_claim import open_claim
from billing.services.queue_page import beside, shown
from billing.services.telling import standing_of, tell
from billing.services.waiting import CLAIM, EVERYTHING, VISIT, Place, Wanted, place_of, steps_of
from billing.services.withdraw_claim import withdraw_claim
from billing.services.workload import workload
from clinic import queues
from clinic.base import db
from clinic.domain.refusal import Refused
from clinic.models import Coverage, Fact, JournalAct, Payer, Visit
from clinic.services.acting import NotAllowed, acting
from clinic.services.clock import now
from clinic.services.find import Unknown
from tests.billing.services.steps import coded_claim, digest_of, ready_claim
from tests.fixtures.people import Practice, make_patient, make_visit


def record(claim_id: int) -> ClaimRecord:
    db.session.expire_all()
    return db.session.get_one(ClaimRecord, claim_id)


def waits(practice: Practice, queue: str, role: str = "biller", wanted: Wanted = EVERYTHING) -> list[tuple[int, int]]:
    found = shown(practice.actor(role), queue, wanted)
    return [(CLAIM, row.claim.id) if row.claim else (VISIT, row.visit.id) for row in found.rows]


def finish(practice: Practice, last: str) -> int:
    claim_id = coded_claim(practice, last)
    finish_coding(practice.actor("biller"), claim_id, digest_of(practice, claim_id))
    return claim_id


def from_facts(claim_id: int):
    """The claim as its facts alone tell it."""
    rows = db.session.scalars(
        select(Fact).where(Fact.thing == "claim", Fact.thing_id == claim_id).order_by(Fact.sequence)
    ).all()
    first, *rest = [(row.type, body_of(row.type, row.version, row.body), row.actor_id) for row in rows]
    standing = begin(first[1])
    for type_, body, actor_id in rest:
        standing = after(standing, type_, body, actor_id)
    return standing


def test_a_deadline_is_the_last_day_and_the_payers_limit(practice) -> None:
    claim_id = coded_claim(practice)
    assert record(claim_id).due_on == date(2026, 5, 4) + timedelta(days=90)
    fact = db.session.scalars(
        select(Fact).where(Fact.thing == "claim", Fact.thing_id == claim_id).order_by(Fact.sequence.desc())
    ).first()
    assert fact.body["due_on"] == "2026-08-02"
    assert from_facts(claim_id) == standing_of(record(claim_id))


def test_another_payer_brings_another_deadline(practice) -> None:
    claim_id = coded_claim(practice)
    found = record(claim_id)
    medicare = Payer(practice_id=practice.row.id, name="Medicare Part B", payer_number="MB001", filing="MB")
    db.session.add(medicare)
    db.session.flush()
    policy = Coverage(
        practice_id=practice.row.id,
        patient_id=found.patient_id,
        payer_id=medicare.id,
        rank="P",
        member_id="1EG4TE5MK73",
        filing="MB",
    )
    db.session.add(policy)
    db.session.commit()
    change_claim(practice.actor("biller"), claim_id, SetField("coverage_id", policy.id))
    assert record(claim_id).due_on == date(2027, 5, 4)


def test_what_is_not_a_claim_has_no_deadline() -> None:
    assert due_on(None) is None


def test_visits_have_the_deadline_of_who_pays_first(practice) -> None:
    make_visit(practice, make_patient(practice, "Covered"))
    make_visit(practice, make_patient(practice, "Bare", covered=False))
    found = shown(practice.actor("biller"), "to_code")
    assert [row.due for row in found.rows] == [date(2026, 8, 2), None]
    assert due_by_payer(date(2026, 5, 4), "NLM01", "CI") == date(2026, 8, 2)
    assert due_by_payer(date(2026, 5, 4), None, "MB") == date(2027, 5, 4)


def test_a_queue_knows_its_next_deadline(practice) -> None:
    make_visit(practice, make_patient(practice, "Old"), date(2026, 4, 1))
    make_visit(practice, make_patient(practice, "Bare", covered=False), date(2026, 1, 1))
    coded_claim(practice)
    states = queues.states(queues.in_order(), practice.actor("biller"))
    assert (states["to_code"].count, states["to_code"].due) == (3, date(2026, 6, 30))
    assert states["no_policy"].count == 1
    assert states["no_policy"].due is None
    assert sum(states["to_code"].ages) == 3


def test_the_nearest_deadline_comes_first_then_the_oldest(practice) -> None:
    claims = [finish(practice, last) for last in ("Aarons", "Bell", "Cruz", "Dahl")]
    for claim_id, due in zip(claims, (date(2026, 9, 1), None, date(2026, 7, 1), date(2026, 7, 1)), strict=True):
        record(claim_id).due_on = due
        db.session.commit()
    record(claims[3]).service_on = date(2026, 4, 1)
    db.session.commit()
    assert waits(practice, "to_review") == [(CLAIM, claims[place]) for place in (3, 2, 0, 1)]


def test_one_walks_through_a_queue_and_meets_everything_once(practice) -> None:
    """Visits and claims that are being coded are one queue, by day of service."""
    for number in range(5):
        visit = make_visit(practice, make_patient(practice, f"P{number}"), date(2026, 4, 1 + number % 3))
        if number % 2:
            open_claim(practice.actor("biller"), visit.id)
    order = waits(practice, "to_code")
    assert len(order) == 5
    biller = practice.actor("biller")
    place = beside(biller, "to_code", EVERYTHING, Place(date.min, date.min, 0, 0)).after
    met = []
    while place is not None:
        met.append((place.kind, place.id))
        place = beside(biller, "to_code", EVERYTHING, place).after
    assert met == order
    back = beside(biller, "to_code", EVERYTHING, Place(date.max, date.max, 9, 0)).before
    assert (back.kind, back.id) == order[-1]


def test_what_is_sent_back_has_a_queue_until_it_is_coded_again(practice) -> None:
    claim_id = finish(practice, "Aarons")
    return_claim(practice.actor("manager"), claim_id, "the wrong knee")
    assert waits(practice, "sent_back") == [(CLAIM, claim_id)]
    assert waits(practice, "to_code") == []
    finish_coding(practice.actor("biller"), claim_id, digest_of(practice, claim_id))
    assert waits(practice, "sent_back") == []
    assert from_facts(claim_id) == standing_of(record(claim_id))


def test_queues_follow_the_steps_a_practice_asks_for(practice) -> None:
    claim_id = finish(practice, "Aarons")
    where = {}
    for steps in (["review", "sign"], ["review"], ["sign"], []):
        practice.row.steps = steps
        db.session.commit()
        where[tuple(steps)] = [
            queue
            for queue in ("to_review", "to_sign", "ready")
            if waits(practice, queue, "provider") == [(CLAIM, claim_id)]
        ]
    assert where == {
        ("review", "sign"): ["to_review"],
        ("review",): ["to_review"],
        ("sign",): ["to_sign"],
        (): ["ready"],
    }
    assert steps_of(practice.row.id).ready == ("coded", "reviewed", "signed")


def test_one_signs_what_one_rendered_and_may_look_at_the_rest(practice) -> None:
    practice.row.steps = ["sign"]
    db.session.commit()
    mine, other = finish(practice, "Aarons"), finish(practice, "Bell")
    record(other).rendering_id = None
    db.session.commit()
    assert waits(practice, "to_sign", "provider") == [(CLAIM, mine)]
    assert len(waits(practice, "to_sign_all", "provider")) == 2


def test_a_visit_waits_while_no_claim_bills_it(practice) -> None:
    visit = make_visit(practice, make_patient(practice))

    def agrees() -> bool:
        db.session.expire_all()
        billed = db.session.scalar(select(exists().where(ClaimVisit.visit_id == visit.id)))
        return db.session.get_one(Visit, visit.id).claimed == billed

    assert waits(practice, "to_code") == [(VISIT, visit.id)]
    claim_id = open_claim(practice.actor("biller"), visit.id)
    assert agrees()
    assert waits(practice, "to_code") == [(CLAIM, claim_id)]
    withdraw_claim(practice.actor("biller"), claim_id, "entered twice")
    assert agrees()
    assert waits(practice, "to_code") == [(VISIT, visit.id)]


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (Wanted(text="aar"), 1),
        (Wanted(text="zz"), 0),
        (Wanted(text="'%_"), 0),
        (Wanted(findings="any"), 0),
        (Wanted(payer=10**6), 0),
        (Wanted(who="mine"), 0),
        (Wanted(who="nobody"), 2),
        (Wanted(due_by=date(2026, 8, 2)), 2),
        (Wanted(due_by=date(2026, 8, 1)), 0),
    ],
)
def test_a_queue_is_narrowed(practice, wanted, found) -> None:
    finish(practice, "Aarons")
    finish(practice, "Bell")
    assert len(waits(practice, "to_review", wanted=wanted)) == found


def test_claims_are_taken_handed_over_and_given_back(practice) -> None:
    claims = [coded_claim(practice, "Aarons"), coded_claim(practice, "Bell")]
    biller, manager = practice.actor("biller"), practice.actor("manager")
    before = record(claims[0]).changed_at
    assert assign_claims(biller, claims, biller.staff_id) == 2
    assert assign_claims(biller, claims, biller.staff_id) == 0
    assert waits(practice, "to_code", wanted=Wanted(who="mine")) == [(CLAIM, each) for each in claims]
    assert assign_claims(manager, claims[:1], manager.staff_id) == 1
    assert assign_claims(manager, claims[:1], practice.staff["provider"].id) == 1
    assert assign_claims(biller, claims, None) == 2
    assert record(claims[0]).assigned_to_id is None
    assert record(claims[0]).changed_at == before
    assert from_facts(claims[0]) == standing_of(record(claims[0]))
    acts = db.session.scalars(select(JournalAct).where(JournalAct.act == "claim.assign")).all()
    assert {act.detail for act in acts} == {"claim.assigned", "claim.found"}


def test_giving_a_claim_to_somebody_takes_nothing_from_it(practice) -> None:
    claim_id = ready_claim(practice)
    biller = practice.actor("biller")
    with acting(biller, "claim.send") as work:
        tell(work, record(claim_id), "claim.stopped", Stopped(why=Stop(what="held")))
    assign_claims(biller, [claim_id], biller.staff_id)
    found = record(claim_id)
    assert (found.preparation, found.stopped["what"]) == ("signed", "held")
    assert waits(practice, "held") == waits(practice, "ready") == [(CLAIM, claim_id)]


def test_who_may_not_give_and_whom_one_cannot_give_to(practice, other_practice) -> None:
    claim_id, theirs = coded_claim(practice), coded_claim(other_practice)
    biller = practice.actor("biller")
    with pytest.raises(NotAllowed):
        assign_claims(practice.actor("provider"), [claim_id], None)
    with pytest.raises(Refused):
        assign_claims(biller, [], biller.staff_id)
    with pytest.raises(Refused):
        assign_claims(biller, [claim_id], practice.staff["assistant"].id)
    with pytest.raises(Unknown):
        assign_claims(biller, [claim_id, theirs], biller.staff_id)
    with pytest.raises(Unknown):
        assign_claims(biller, [claim_id], other_practice.staff["biller"].id)
    assert record(claim_id).assigned_to_id is None


def test_the_manager_sees_who_has_what(practice) -> None:
    claims = [coded_claim(practice, last) for last in ("Aarons", "Bell", "Cruz")]
    biller = practice.actor("biller")
    assign_claims(biller, claims[:2], biller.staff_id)
    record(claims[0]).due_on = date(2026, 5, 1)
    db.session.commit()
    loads = workload(practice.actor("manager"), now(), date(2026, 5, 6), timedelta(days=3))
    assert [(load.staff_id, load.count, load.past, load.due) for load in loads] == [
        (None, 1, 0, date(2026, 8, 2)),
        (biller.staff_id, 2, 1, date(2026, 5, 1)),
    ]


def test_a_place_outlives_the_claims_step(practice) -> None:
    first, second = finish(practice, "Aarons"), finish(practice, "Bell")
    place = place_of(record(first), "to_review")
    record(first).preparation = "reviewed"
    db.session.commit()
    found = beside(practice.actor("biller"), "to_review", EVERYTHING, place)
    assert (found.before, found.after.id) == (None, second)
