"""Coding, reviewing, signing, sending: separate acts, each bound to what was seen; what left stays as it left."""

import pytest

from billing.coding.changes import RemoveDiagnosis, SetField, SetLine
from billing.domain.canonical import from_json
from billing.models import ClaimRecord, Submission, SubmittedClaim
from billing.services.change_claim import ChangedElsewhere, change_claim
from billing.services.hold_claim import finish_coding, return_claim, review_claim, sign_claim
from billing.services.leaving import CHANGED, NOT_READY
from billing.services.send_claims import send_claims
from clinic.base import db
from clinic.domain.refusal import Refused
from clinic.models import Coverage, Patient
from clinic.services.acting import NotAllowed
from clinic.services.find import Unknown
from tests.billing.services.steps import coded_claim, digest_of, ready_claim


def record_of(claim_id: int) -> ClaimRecord:
    return db.session.get_one(ClaimRecord, claim_id)


def test_who_may_not_does_not(practice) -> None:
    claim_id = coded_claim(practice)
    seen = digest_of(practice, claim_id)
    for act, role in (
        (finish_coding, "assistant"),
        (finish_coding, "provider"),
        (review_claim, "assistant"),
        (sign_claim, "biller"),
        (sign_claim, "manager"),
    ):
        with pytest.raises(NotAllowed):
            act(practice.actor(role), claim_id, seen)
    assert record_of(claim_id).preparation == "coding"


def test_another_practice_sees_nothing(practice, other_practice) -> None:
    claim_id = coded_claim(practice)
    stranger = other_practice.actor("biller")
    with pytest.raises(Unknown):
        change_claim(stranger, claim_id, SetField("note", "x"))
    with pytest.raises(Unknown):
        finish_coding(stranger, claim_id, "0" * 64)
    with pytest.raises(Unknown):
        send_claims(stranger, [claim_id])


def test_a_blocked_claim_is_not_done(practice) -> None:
    claim_id = coded_claim(practice)
    change_claim(practice.actor("biller"), claim_id, RemoveDiagnosis(1))
    assert record_of(claim_id).blocks > 0
    with pytest.raises(Refused) as refused:
        finish_coding(practice.actor("biller"), claim_id, digest_of(practice, claim_id))
    assert refused.value.where == "findings"


def test_what_was_not_seen_is_not_held(practice) -> None:
    claim_id = coded_claim(practice)
    seen = digest_of(practice, claim_id)
    change_claim(practice.actor("biller"), claim_id, SetField("note", "more"))
    with pytest.raises(Refused):
        finish_coding(practice.actor("biller"), claim_id, seen)


def test_steps_come_in_order(practice) -> None:
    claim_id = coded_claim(practice)
    seen = digest_of(practice, claim_id)
    with pytest.raises(Refused):
        review_claim(practice.actor("manager"), claim_id, seen)
    finish_coding(practice.actor("biller"), claim_id, seen)
    with pytest.raises(Refused):
        sign_claim(practice.actor("provider"), claim_id, seen)
    assert [each.why for each in send_claims(practice.actor("biller"), [claim_id]).stayed] == [NOT_READY]


def test_only_who_rendered_signs(practice) -> None:
    claim_id = coded_claim(practice)
    practice.provider.staff_id = practice.staff["manager"].id
    db.session.commit()
    finish_coding(practice.actor("biller"), claim_id, digest_of(practice, claim_id))
    review_claim(practice.actor("manager"), claim_id, digest_of(practice, claim_id))
    with pytest.raises(Refused):
        sign_claim(practice.actor("provider"), claim_id, digest_of(practice, claim_id))


def test_four_eyes_where_the_practice_wants_them(practice) -> None:
    claim_id = coded_claim(practice)
    practice.row.four_eyes = ["review"]
    db.session.commit()
    biller = practice.actor("biller")
    finish_coding(biller, claim_id, digest_of(practice, claim_id))
    with pytest.raises(Refused):
        review_claim(biller, claim_id, digest_of(practice, claim_id))
    review_claim(practice.actor("manager"), claim_id, digest_of(practice, claim_id))
    assert record_of(claim_id).preparation == "reviewed"


def test_one_person_may_hold_several_where_it_does_not(practice) -> None:
    claim_id = coded_claim(practice)
    biller = practice.actor("biller")
    finish_coding(biller, claim_id, digest_of(practice, claim_id))
    review_claim(biller, claim_id, digest_of(practice, claim_id))
    record = record_of(claim_id)
    assert record.coded_by == record.reviewed_by == biller.staff_id


def test_steps_a_practice_does_not_ask_for(practice) -> None:
    practice.row.steps = []
    db.session.commit()
    claim_id = coded_claim(practice)
    finish_coding(practice.actor("biller"), claim_id, digest_of(practice, claim_id))
    assert send_claims(practice.actor("biller"), [claim_id]).left == (claim_id,)


def test_sending_back_needs_a_reason(practice) -> None:
    claim_id = coded_claim(practice)
    finish_coding(practice.actor("biller"), claim_id, digest_of(practice, claim_id))
    with pytest.raises(Refused):
        return_claim(practice.actor("manager"), claim_id, "  ")


def test_a_policy_changed_after_signing_holds_the_claim(practice) -> None:
    claim_id = ready_claim(practice)
    db.session.query(Coverage).one().member_id = "ANOTHER1"
    db.session.commit()
    assert [each.why for each in send_claims(practice.actor("biller"), [claim_id]).stayed] == [CHANGED]
    assert db.session.query(Submission).count() == 0


def test_what_left_never_changes(practice) -> None:
    claim_id = ready_claim(practice)
    send_claims(practice.actor("biller"), [claim_id])
    body = db.session.query(Submission).one().body
    db.session.query(Patient).one().last = "Renamed"
    db.session.query(Coverage).one().member_id = "ANOTHER1"
    practice.row.name = "Another Name"
    db.session.commit()
    assert db.session.query(Submission).one().body == body
    assert from_json(db.session.query(SubmittedClaim).one().snapshot).patient.name.last == "CALLOWAY"
    with pytest.raises(Refused):
        change_claim(practice.actor("biller"), claim_id, SetField("note", "late"))


def test_two_at_one_desk(practice) -> None:
    claim_id = coded_claim(practice)
    sequence = record_of(claim_id).sequence
    change_claim(practice.actor("biller"), claim_id, SetLine("1", "modifiers", ["25"]), sequence=sequence)
    with pytest.raises(ChangedElsewhere):
        change_claim(practice.actor("manager"), claim_id, SetLine("1", "modifiers", ["59"]), sequence=sequence)
    assert record_of(claim_id).coding["lines"][0]["modifiers"] == ["25"]


@pytest.mark.parametrize("field", ["coverage_id", "rendering_id", "referring_id", "supervising_id", "location_id"])
def test_ids_of_another_practice_are_unknown(practice, other_practice, field: str) -> None:
    claim_id = coded_claim(practice)
    coded_claim(other_practice)
    theirs = {
        "coverage_id": db.session.query(Coverage).filter_by(practice_id=other_practice.row.id).one().id,
        "location_id": other_practice.location.id,
    }.get(field, other_practice.provider.id)
    before = record_of(claim_id).sequence
    for wrong in (theirs, 987654321, "1; DROP TABLE claim"):
        with pytest.raises(Unknown):
            change_claim(practice.actor("biller"), claim_id, SetField(field, wrong))
    assert record_of(claim_id).sequence == before
