"""Two hundred clicks on send at one moment: one batch, one number, each claim once."""

import threading
from concurrent.futures import ThreadPoolExecutor

from app import create_app
from billing.models import ClaimRecord, Submission, SubmittedClaim
from billing.services.mail_claims import mail_claims
from billing.services.send_claims import send_claims
from clinic.base import db
from clinic.journal.seal import seal_acts
from clinic.journal.verify import verify
from clinic.models import Counter, Fact
from tests.billing.services.steps import paper_claim, ready_claim
from tests.fixtures.house import NOW

CLICKS, HANDS = 200, 20


def clicks(database: str, tmp_path, act) -> list:
    """What each of two hundred clicks is told, twenty of them at a time."""
    application = create_app(
        tmp_path / "instance", TESTING=True, SQLALCHEMY_DATABASE_URI=database, CABINET_CLOCK=lambda: NOW
    )
    start = threading.Barrier(HANDS)

    def click(number: int):
        with application.app_context():
            start.wait()
            try:
                return act(number)
            finally:
                db.session.remove()

    with ThreadPoolExecutor(HANDS) as pool:
        told = list(pool.map(click, range(CLICKS)))
    with application.app_context():
        db.engine.dispose()
    db.session.rollback()
    db.session.expire_all()
    return told


def test_two_hundred_clicks_send_one_batch(practice, database, tmp_path) -> None:
    claims = [ready_claim(practice, last) for last in ("Calloway", "Moreau", "Eze")]
    biller, manager = practice.actor("biller"), practice.actor("manager")
    db.session.commit()
    told = clicks(database, tmp_path, lambda number: send_claims((biller, manager)[number % 2], claims))
    (submission,) = db.session.query(Submission).all()
    assert {each.submissions for each in told} == {(submission.id,)}
    assert sorted(each.left for each in told) == [()] * (CLICKS - 1) + [tuple(claims)]
    assert all(each.stayed == () for each in told)
    assert [row.claim_id for row in db.session.query(SubmittedClaim).order_by(SubmittedClaim.claim_id)] == claims
    assert db.session.query(Fact).filter_by(type="claim.sent").count() == len(claims)
    assert db.session.query(Counter).filter_by(name="837p").one().value == submission.control_number == 1
    seal_acts()
    assert all(each.ok for each in verify())


def test_different_claims_sent_at_once_have_numbers_of_their_own(practice, database, tmp_path) -> None:
    claims = [ready_claim(practice, f"Calloway{letter}") for letter in "ABCDEFGHIJKLMNOPQRST"]
    biller = practice.actor("biller")
    db.session.commit()
    told = clicks(database, tmp_path, lambda number: send_claims(biller, [claims[number % len(claims)]]))
    made = db.session.query(Submission).all()
    assert sorted(each.control_number for each in made) == list(range(1, len(claims) + 1))
    assert sum(len(each.left) for each in told) == len(claims)
    assert {row.journey for row in db.session.query(ClaimRecord)} == {"sent"}


def test_two_hundred_say_that_it_was_mailed(practice, database, tmp_path) -> None:
    claim_id = paper_claim(practice)
    biller = practice.actor("biller")
    (submission_id,) = send_claims(biller, [claim_id]).submissions
    db.session.commit()
    told = clicks(database, tmp_path, lambda _: mail_claims(biller, submission_id))
    assert sorted(told) == [0] * (CLICKS - 1) + [1]
    assert db.session.query(Fact).filter_by(type="claim.mailed").count() == 1
