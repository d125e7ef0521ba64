"""The coding desk through HTTP: from a visit that waits to a claim that is done, reviewed, signed and sent."""

import hashlib
import re

from billing.domain.canonical import digest, from_json
from billing.models import ClaimRecord, Submission, SubmittedClaim
from billing.x12 import read_837p
from clinic.base import db
from clinic.models import Fact, JournalAct
from tests.fixtures.house import log_in
from tests.fixtures.people import make_patient, make_visit

CODES = "/claims/{}/changes"


def opened(client, practice) -> ClaimRecord:
    visit = make_visit(practice, make_patient(practice))
    answer = client.post(f"/claims/of-visit/{visit.id}")
    assert answer.status_code == 302
    return db.session.query(ClaimRecord).one()


def change(client, record, **fields):
    return client.post(CODES.format(record.id), data=fields, headers={"HX-Request": "true"})


def coded(client, practice) -> ClaimRecord:
    record = opened(client, practice)
    change(client, record, do="add_diagnosis", code="I10")
    change(client, record, do="set_line", number="1", pointers="a")
    return record


def seen(client, record) -> str:
    page = client.get(f"/claims/{record.id}").get_data(as_text=True)
    found = re.search(r'name="seen" value="([0-9a-f]{64})"', page) or re.search(
        r'name="seen" value="([0-9a-f]{64})"', client.get(f"/claims/{record.id}/code").get_data(as_text=True)
    )
    assert found, page
    return found.group(1)


def test_a_visit_becomes_a_claim_that_leaves(client, practice) -> None:
    log_in(client, practice.actor("biller"), practice)
    record = coded(client, practice)
    assert [line["code"]["value"] for line in record.coding["lines"]] == ["99213"]
    assert (record.total_cents, record.blocks, record.warnings) == (12000, 0, 0)
    kept = seen(client, record)
    assert client.post(f"/claims/{record.id}/done", data={"seen": kept}).status_code == 302
    assert client.post(f"/claims/{record.id}/review", data={"seen": kept}).status_code == 302
    client.post("/logout")
    log_in(client, practice.actor("provider"), practice)
    assert client.post(f"/claims/{record.id}/sign", data={"seen": kept}).status_code == 302
    client.post("/logout")
    log_in(client, practice.actor("biller"), practice)
    assert client.post("/claims/send", data={"claim": [record.id, record.id]}).status_code == 302
    submission = db.session.query(Submission).one()
    assert submission.sha256 == hashlib.sha256(submission.body).hexdigest()
    kept_claim = db.session.query(SubmittedClaim).one()
    claim = from_json(kept_claim.snapshot)
    assert kept_claim.digest == digest(claim) == record.digest
    assert read_837p(submission.body).claims == (claim,)
    client.post("/claims/send", data={"claim": record.id})
    assert db.session.query(Submission).count() == 1
    assert client.get(f"/submissions/{submission.id}/file").data == submission.body
    types = [fact.type for fact in db.session.query(Fact).filter_by(thing="claim").order_by(Fact.sequence)]
    assert types == [
        "claim.opened",
        *["claim.changed"] * 2,
        "claim.coded",
        "claim.reviewed",
        "claim.signed",
        "claim.sent",
    ]
    acts = {row.act for row in db.session.query(JournalAct)}
    assert {"claim.code", "claim.review", "claim.sign", "claim.send"} <= acts
