"""Stacks of paper: printed is not sent; tray order; spoiled paper comes back; part of a stack again."""

from io import BytesIO

import pikepdf
import pytest

from billing.coding.changes import SetField
from billing.domain.canonical import from_json
from billing.models import ClaimRecord, Submission, SubmittedClaim
from billing.services.billed_visits import visit_is_billed
from billing.services.change_claim import change_claim
from billing.services.forms import sent_claim
from billing.services.hold_claim import return_claim
from billing.services.kept_file import kept_file
from billing.services.mail_claims import mail_claims, spoil_claims
from billing.services.printing import Printing, Tray, pages_of, stacked
from billing.services.reprint import Range, reprint
from billing.services.send_claims import send_claims
from billing.services.telling import standing_of
from clinic.base import db
from clinic.domain.refusal import Refused
from clinic.models import Fact, JournalAct, Printer
from clinic.paper.grid import Offset
from clinic.services.acting import NotAllowed
from clinic.services.find import Unknown
from tests.billing.coding.test_story import rebuilt
from tests.billing.services.steps import paper_claim, ready_claim


def record_of(claim_id: int) -> ClaimRecord:
    return db.session.get_one(ClaimRecord, claim_id, populate_existing=True)


def journeys(*claim_ids: int) -> list[str]:
    for each in claim_ids:
        assert standing_of(record_of(each)) == rebuilt(record_of(each))
    return [record_of(each).journey for each in claim_ids]


def claims_of(submission_id: int) -> list:
    rows = db.session.query(SubmittedClaim).filter_by(submission_id=submission_id).order_by(SubmittedClaim.id)
    return [from_json(row.snapshot) for row in rows]


def contents(pdf: bytes) -> list[bytes]:
    """What each page of a file draws."""
    with pikepdf.open(BytesIO(pdf)) as opened:
        return [page.Contents.read_bytes() for page in opened.pages]


@pytest.fixture
def stack(practice) -> tuple[int, list[int]]:
    """Three printed claims, of one page each."""
    claims = [paper_claim(practice, last) for last in ("Calloway", "Moreau", "Eze")]
    found = send_claims(practice.actor("biller"), claims)
    assert found.left == tuple(claims)
    return found.submissions[0], claims


def test_printed_is_not_sent(practice, stack) -> None:
    submission_id, claims = stack
    biller = practice.actor("biller")
    assert journeys(*claims) == ["printed"] * 3
    places = [(row.first_page, row.pages) for row in db.session.query(SubmittedClaim).order_by(SubmittedClaim.id)]
    assert places == [(1, 1), (2, 1), (3, 1)]
    assert send_claims(biller, claims)[:2] == ((submission_id,), ())
    with pytest.raises(Refused):
        change_claim(biller, claims[0], SetField("note", "x"))
    with pytest.raises(Refused):
        return_claim(practice.actor("manager"), claims[0], "late")
    assert visit_is_billed(practice.row.id, record_of(claims[0]).visits[0].visit_id)


def test_mailed_one_by_one_and_together(practice, stack) -> None:
    submission_id, claims = stack
    biller = practice.actor("biller")
    assert mail_claims(biller, submission_id, claims[:1]) == 1
    assert journeys(*claims) == ["sent", "printed", "printed"]
    assert db.session.get_one(Submission, submission_id).mailed_at is None
    assert mail_claims(biller, submission_id, claims[:1]) == 0
    assert mail_claims(biller, submission_id) == 2
    assert journeys(*claims) == ["sent"] * 3
    submission = db.session.get_one(Submission, submission_id)
    assert submission.mailed_by_id == biller.staff_id
    said = submission.mailed_at
    assert mail_claims(biller, submission_id) == 0
    assert (submission.mailed_at, db.session.query(Fact).filter_by(type="claim.mailed").count()) == (said, 3)
    with pytest.raises(Refused):
        spoil_claims(biller, submission_id, claims[:1], "torn")


def test_spoiled_paper_comes_back_and_goes_again(practice, stack) -> None:
    submission_id, claims = stack
    biller = practice.actor("biller")
    with pytest.raises(Refused):
        spoil_claims(biller, submission_id, claims[:1], " ")
    with pytest.raises(Refused):
        spoil_claims(biller, submission_id, [], "torn")
    assert spoil_claims(biller, submission_id, claims[:1], "torn") == 1
    assert spoil_claims(biller, submission_id, claims[:1], "torn") == 0
    assert journeys(*claims) == ["none", "printed", "printed"]
    assert sent_claim(record_of(claims[0])) is None
    assert db.session.query(Fact).filter_by(type="claim.spoiled").one().reason == "torn"
    with pytest.raises(Refused):
        mail_claims(biller, submission_id, claims[:1])
    mail_claims(biller, submission_id)
    assert db.session.get_one(Submission, submission_id).mailed_at is not None
    again = send_claims(biller, claims)
    assert again.left == (claims[0],)
    assert len(again.submissions) == 2
    assert journeys(*claims) == ["printed", "sent", "sent"]


def test_a_stack_all_spoiled_was_not_mailed(practice, stack) -> None:
    submission_id, claims = stack
    spoil_claims(practice.actor("biller"), submission_id, claims, "the wrong paper")
    assert db.session.get_one(Submission, submission_id).mailed_at is None


def test_who_may_not_and_what_is_not_there(practice, other_practice, stack) -> None:
    submission_id, claims = stack
    stranger, assistant, biller = other_practice.actor("biller"), practice.actor("assistant"), practice.actor("biller")
    for act in (
        lambda who: mail_claims(who, submission_id),
        lambda who: spoil_claims(who, submission_id, claims, "torn"),
        lambda who: reprint(who, submission_id, Range("claims", 1, 1), Printing()),
        lambda who: kept_file(who, submission_id),
    ):
        with pytest.raises(Unknown):
            act(stranger)
    for act in (mail_claims, lambda who, id_: reprint(who, id_, Range("claims", 1, 1), Printing())):
        with pytest.raises(NotAllowed):
            act(assistant, submission_id)
    with pytest.raises(Unknown):
        mail_claims(biller, submission_id, [claims[0], 999])
    (other,) = send_claims(biller, [ready_claim(practice, "Sandoval")]).submissions
    for act in (
        lambda: mail_claims(biller, other),
        lambda: reprint(biller, other, Range("claims", 1, 1), Printing()),
    ):
        with pytest.raises(Refused):
            act()
    assert journeys(*claims) == ["printed"] * 3


def test_the_tray_decides_the_order(practice) -> None:
    printer = Printer(practice_id=practice.row.id, name="Face up", offset_x=10, offset_y=-5, face_up=True)
    db.session.add_all([Printer(practice_id=practice.row.id, name="First"), printer])
    db.session.commit()
    claims = [paper_claim(practice, last) for last in ("Calloway", "Moreau")]
    (submission_id,) = send_claims(practice.actor("biller"), claims, Printing(printer.id)).submissions
    body = kept_file(practice.actor("biller"), submission_id).body
    in_order = [page for claim in claims_of(submission_id) for page in pages_of(claim)]
    assert body == stacked(in_order, Tray(Offset(10, -5), face_up=True))
    assert contents(body) == contents(stacked(in_order, Tray(Offset(10, -5))))[::-1]
    with pytest.raises(Unknown):
        send_claims(practice.actor("biller"), [paper_claim(practice, "Eze")], Printing(999))


def test_no_blank_to_print_over_holds_nothing(practice) -> None:
    claim_id = paper_claim(practice)
    with pytest.raises(Refused) as refused:
        send_claims(practice.actor("biller"), [claim_id], Printing(over_blank=True))
    assert refused.value.where == "over_blank"
    assert record_of(claim_id).stopped is None


@pytest.mark.parametrize("unit", ["claims", "pages"])
def test_part_of_a_stack_again(practice, stack, unit: str) -> None:
    submission_id, _claims = stack
    biller = practice.actor("biller")
    body = kept_file(biller, submission_id).body
    practice.row.name = "Another Name"
    db.session.commit()
    part = reprint(biller, submission_id, Range(unit, 2, 3), Printing())
    assert contents(part) == contents(body)[1:]
    for first, last in ((0, 1), (2, 1), (1, 4)):
        with pytest.raises(Refused):
            reprint(biller, submission_id, Range(unit, first, last), Printing())
    assert kept_file(biller, submission_id).body == body
    rows = db.session.query(JournalAct).filter(JournalAct.detail.like("reprinted%")).all()
    assert [(row.thing, row.thing_id, row.detail) for row in rows] == [
        ("submission", submission_id, f"reprinted {unit} 2-3")
    ]


def test_bytes_that_are_not_what_left_are_not_served(practice, stack) -> None:
    submission_id, _claims = stack
    db.session.query(Submission).update({"body": b"%PDF-1.7 other"})
    db.session.commit()
    with pytest.raises(Refused):
        kept_file(practice.actor("biller"), submission_id)
    row = db.session.query(JournalAct).filter_by(detail="submission.not_as_it_left").one()
    assert (row.thing, row.thing_id, len(row.digest)) == ("submission", submission_id, 64)
