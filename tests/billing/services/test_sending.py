"""Sending: what can leave leaves, what cannot stays with the reason; what was looked at is what leaves."""

import hashlib
from datetime import timedelta

import pytest

from billing.coding.changes import SetField, SetLine
from billing.domain.canonical import digest, from_json
from billing.models import ClaimRecord, Clearinghouse, PayerRoute, Submission, SubmittedClaim
from billing.services import batching
from billing.services import send_claims as sending
from billing.services.change_claim import change_claim
from billing.services.hold_claim import return_claim
from billing.services.leaving import CHANGED, NOT_READY
from billing.services.send_claims import Moved, carry_out, plan_sending, send_claims
from billing.services.transmission import LOOK
from billing.x12 import read_837p
from clinic.base import db
from clinic.domain.refusal import Refused
from clinic.models import Counter, Coverage, Fact, JournalAct, Patient, Payer
from clinic.services.acting import NotAllowed, acting
from tests.billing.services.steps import coded_claim, ready_claim
from tests.fixtures.house import NOW


def record_of(claim_id: int) -> ClaimRecord:
    return db.session.get_one(ClaimRecord, claim_id, populate_existing=True)


def told(claim_id: int) -> list[str]:
    facts = db.session.query(Fact).filter_by(thing="claim", thing_id=claim_id).order_by(Fact.sequence)
    return [fact.type for fact in facts]


def rows() -> tuple[int, ...]:
    return tuple(db.session.query(model).count() for model in (Submission, SubmittedClaim, Fact, JournalAct))


def test_what_can_leave_leaves_and_the_rest_stays(practice) -> None:
    goes, unready, changed = (
        ready_claim(practice, "Calloway"), coded_claim(practice, "Moreau"), ready_claim(practice, "Eze"),
    )  # fmt: skip
    patient = record_of(changed).patient_id
    db.session.query(Coverage).filter_by(patient_id=patient).one().member_id = "ANOTHER1"
    db.session.commit()
    found = send_claims(practice.actor("biller"), [goes, unready, changed])
    assert found.left == (goes,)
    assert [(each.claim_id, each.why) for each in found.stayed] == [(unready, NOT_READY), (changed, CHANGED)]
    assert [record_of(each).journey for each in (goes, unready, changed)] == ["sent", "none", "none"]
    assert record_of(changed).stopped["what"] == CHANGED.what
    assert record_of(unready).stopped is None
    assert told(changed)[-1] == "claim.stopped"
    before = rows()
    assert send_claims(practice.actor("biller"), [goes, unready, changed]) == found._replace(left=())
    assert rows() == before


def test_a_stop_goes_with_the_next_step(practice) -> None:
    claim_id = ready_claim(practice)
    db.session.query(Coverage).one().member_id = "ANOTHER1"
    db.session.commit()
    send_claims(practice.actor("biller"), [claim_id])
    assert record_of(claim_id).stopped is not None
    return_claim(practice.actor("manager"), claim_id, "the policy changed")
    assert record_of(claim_id).stopped is None


def test_findings_hold_a_claim_by_their_codes(app, practice) -> None:
    """Nothing of the claim has changed, but the day has: its payer's limit has passed."""
    claim_id = ready_claim(practice)
    db.session.commit()
    app.config["CABINET_CLOCK"] = lambda: NOW - timedelta(days=30)
    (stayed,) = send_claims(practice.actor("biller"), [claim_id]).stayed
    assert stayed.why.params == {"codes": "DAT-01"}
    assert record_of(claim_id).stopped["params"] == stayed.why.params


def test_two_claims_for_one_act_both_stay(practice) -> None:
    first = ready_claim(practice)
    patient = db.session.query(Patient).one()
    # Held at the same moment by two people, so that neither claim was there when the other was judged.
    db.session.query(ClaimRecord).filter_by(id=first).update({"journey": "withdrawn"})
    again, other = ready_claim(practice, patient=patient), ready_claim(practice, "Moreau")
    db.session.query(ClaimRecord).filter_by(id=first).update({"journey": "none"})
    db.session.commit()
    found = send_claims(practice.actor("biller"), [first, again])
    assert [each.claim_id for each in found.stayed] == [first, again]
    assert {each.why.params["other"] for each in found.stayed} == {record_of(first).number, record_of(again).number}
    assert found.submissions == ()
    assert send_claims(practice.actor("biller"), [first]).left == (first,)
    assert send_claims(practice.actor("biller"), [other]).left == (other,)


def test_a_claim_that_cannot_be_written_leaves_the_others(practice, monkeypatch) -> None:
    good, bad = ready_claim(practice, "Calloway"), ready_claim(practice, "Moreau")
    number, real = record_of(bad).number, batching.write_837p

    def write(envelope, claims):
        if any(claim.number == number for claim in claims):
            raise Refused("This cannot be written.", where="claim")
        return real(envelope, claims)

    monkeypatch.setattr(batching, "write_837p", write)
    found = send_claims(practice.actor("biller"), [good, bad])
    assert (found.left, [each.claim_id for each in found.stayed]) == ((good,), [bad])
    assert read_837p(db.session.query(Submission).one().body).claims[0].number == record_of(good).number


def test_a_practice_without_a_clearinghouse_keeps_its_claims(practice) -> None:
    db.session.query(Clearinghouse).delete()
    db.session.commit()
    claim_id = ready_claim(practice)
    found = send_claims(practice.actor("biller"), [claim_id])
    assert (found.left, [each.claim_id for each in found.stayed]) == ((), [claim_id])
    assert record_of(claim_id).stopped["params"] == {"payer": "Northlake Mutual"}


def test_one_file_a_clearinghouse_with_numbers_that_never_repeat(practice) -> None:
    house = Clearinghouse(practice_id=practice.row.id, name="Gate", submitter_id="OURS", receiver_id="GATE")
    payer = Payer(practice_id=practice.row.id, name="Harbor Plan", payer_number="HRB01")
    db.session.add_all([house, payer])
    db.session.flush()
    first = db.session.query(Clearinghouse).filter_by(name="Clear House").one()
    db.session.add_all(
        PayerRoute(practice_id=practice.row.id, payer_id=each, clearinghouse_id=to)
        for each, to in ((practice.payer.id, first.id), (payer.id, house.id))
    )
    db.session.commit()
    one = ready_claim(practice, "Calloway")
    practice.payer = payer
    two = ready_claim(practice, "Moreau")
    found = send_claims(practice.actor("biller"), [two, one])
    made = db.session.query(Submission).order_by(Submission.id).all()
    assert (tuple(each.id for each in made), found.left) == (found.submissions, (one, two))
    assert [(each.clearinghouse_id, each.control_number) for each in made] == [(first.id, 1), (house.id, 2)]
    assert [b"GATE" in each.body for each in made] == [False, True]
    assert [each.sha256 for each in made] == [hashlib.sha256(each.body).hexdigest() for each in made]


def test_a_batch_too_large_is_cut(practice, monkeypatch) -> None:
    monkeypatch.setattr(batching, "MOST", 2)
    claims = [ready_claim(practice, last) for last in ("Calloway", "Moreau", "Eze")]
    assert send_claims(practice.actor("biller"), claims).left == tuple(claims)
    made = db.session.query(Submission).order_by(Submission.id).all()
    assert [(each.control_number, len(read_837p(each.body).claims)) for each in made] == [(1, 2), (2, 1)]


def test_the_last_number_is_never_given_out(practice) -> None:
    claim_id = ready_claim(practice)
    db.session.add(Counter(practice_id=practice.row.id, name="837p", value=LOOK - 1))
    db.session.commit()
    found = send_claims(practice.actor("biller"), [claim_id])
    assert (found.submissions, len(found.stayed)) == ((), 1)
    assert db.session.query(Counter).filter_by(name="837p").one().value == LOOK - 1


def test_who_may_not_send_reads_nothing(practice) -> None:
    with pytest.raises(NotAllowed):
        send_claims(practice.actor("assistant"), [1])


def carried_out(practice, plan):
    with acting(practice.actor("biller"), "claim.send") as work:
        return carry_out(work, plan)


def test_what_moves_between_looking_and_writing_is_looked_at_again(practice) -> None:
    biller = practice.actor("biller")
    for move in (
        lambda claim_id: return_claim(practice.actor("manager"), claim_id, "look again"),
        lambda _: _act(practice, "payer", 1),
        lambda _: db.session.add(Counter(practice_id=practice.row.id, name="837p", value=7)),
    ):
        claim_id = ready_claim(practice, "Moreau")
        plan = plan_sending(biller, [claim_id])
        move(claim_id)
        db.session.commit()
        with pytest.raises(Moved):
            carried_out(practice, plan)
        assert db.session.query(Submission).count() == 0


def _act(practice, thing: str, thing_id: int, **columns: str) -> None:
    with acting(practice.actor("biller"), "claim.code") as work:
        if columns:
            db.session.query(Coverage).update(columns)
        work.journal(thing, thing_id)


@pytest.mark.parametrize("thing", ["patient", "visit", "import"])
def test_an_act_on_the_record_is_held_against_the_claim(practice, thing: str) -> None:
    claim_id = ready_claim(practice)
    record = record_of(claim_id)
    at = {"patient": record.patient_id, "visit": record.visits[0].visit_id, "import": 1}[thing]
    plan = plan_sending(practice.actor("biller"), [claim_id])
    _act(practice, thing, at, member_id="ANOTHER1")
    with pytest.raises(Moved):
        carried_out(practice, plan)
    _act(practice, thing, at, member_id="NLM884201337")
    assert carried_out(practice, plan).left == (claim_id,)


def test_a_house_that_never_rests_is_sent_from_inside(practice, monkeypatch) -> None:
    """Every look is overtaken: the last one is taken with the writer's place."""
    claim_id, looks = ready_claim(practice), []
    real = sending.plan_sending

    def overtaken(*args):
        plan = real(*args)
        looks.append(plan)
        _act(practice, "payer", 1)
        return plan

    monkeypatch.setattr(sending, "plan_sending", overtaken)
    assert send_claims(practice.actor("biller"), [claim_id]).left == (claim_id,)
    assert len(looks) == sending.TRIES
    kept = db.session.query(SubmittedClaim).one()
    assert kept.digest == digest(from_json(kept.snapshot)) == record_of(claim_id).digest


def test_a_claim_with_another_frequency_is_its_own(practice) -> None:
    claim_id = ready_claim(practice)
    change_claim(practice.actor("biller"), claim_id, SetLine("1", "modifiers", ["25"]))
    change_claim(practice.actor("biller"), claim_id, SetField("note", "x"))
    assert [each.why for each in send_claims(practice.actor("biller"), [claim_id]).stayed] == [NOT_READY]
