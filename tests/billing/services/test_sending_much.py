"""A large batch: what is done while everyone else waits does not grow with a statement for each claim (law 15)."""

from billing.models import ClaimRecord, Submission, SubmittedClaim
from billing.services.send_claims import carry_out, plan_sending
from billing.services.telling import standing_of
from billing.x12 import read_837p
from clinic.base import db
from clinic.services.acting import acting
from tests.billing.coding.test_story import rebuilt
from tests.billing.services.many import many_ready
from tests.clinic.views.counting import statements
from tests.counts import count


def test_a_batch_costs_few_statements_inside_the_writers_place(practice) -> None:
    claims = many_ready(practice, count(40, 500))
    plan = plan_sending(practice.actor("biller"), claims)
    with statements() as sent, acting(practice.actor("biller"), "claim.send") as work:
        found = carry_out(work, plan)
    assert found.left == tuple(claims)
    assert len(sent) <= 16, [each[:90] for each in sent[8:]]
    (submission,) = db.session.query(Submission).all()
    assert len(read_837p(submission.body).claims) == len(claims) == db.session.query(SubmittedClaim).count()
    for record in db.session.query(ClaimRecord):
        assert standing_of(record) == rebuilt(record)
        assert record.journey == "sent"
