"""What left and what lies printed, through HTTP."""

import hashlib

import pytest

from billing.models import ClaimRecord, Submission
from billing.services.send_claims import send_claims
from clinic.base import db
from clinic.models import Coverage, Printer
from tests.billing.services.steps import paper_claim, ready_claim
from tests.clinic.views.counting import statements
from tests.fixtures.house import log_in

MOST = 12


@pytest.fixture
def biller(client, practice):
    return log_in(client, practice.actor("biller"), practice)


def journeys() -> list[str]:
    return [row.journey for row in db.session.query(ClaimRecord).order_by(ClaimRecord.id)]


def test_one_click_sends_a_file_and_prints_a_stack(biller, practice) -> None:
    claims = [ready_claim(practice, "Calloway"), paper_claim(practice, "Moreau")]
    assert biller.post("/claims/send", data={"claim": claims}).headers["Location"].endswith("/submissions/")
    assert journeys() == ["sent", "printed"]
    file, stack = db.session.query(Submission).order_by(Submission.form)
    for each in (file, stack):
        answer = biller.get(f"/submissions/{each.id}/file")
        assert hashlib.sha256(answer.data).hexdigest() == each.sha256
    page = biller.get("/submissions/printed").get_data(as_text=True)
    assert (stack.file_name in page, file.file_name in page) == (True, False)


def test_all_that_is_ready(biller, practice) -> None:
    for last in ("Calloway", "Moreau", "Eze"):
        ready_claim(practice, last)
    assert biller.post("/claims/send", data={"all": "1"}).status_code == 302
    assert journeys() == ["sent"] * 3


def test_what_stays_says_why_on_the_queue(biller, practice) -> None:
    claim_id = ready_claim(practice)
    db.session.query(Coverage).one().member_id = "ANOTHER1"
    db.session.commit()
    assert biller.post("/claims/send", data={"claim": claim_id}).headers["Location"].endswith("/claims/ready")
    for path in ("/claims/ready", f"/claims/{claim_id}"):
        assert "It is no longer what was reviewed." in biller.get(path).get_data(as_text=True)


def test_mailed_spoiled_and_again(biller, practice) -> None:
    claims = [paper_claim(practice, last) for last in ("Calloway", "Moreau", "Eze")]
    (stack,) = send_claims(practice.actor("biller"), claims).submissions
    at = f"/submissions/{stack}"
    assert biller.post(f"{at}/mailed", data={}).status_code == 422
    assert biller.post(f"{at}/spoiled", data={"claim": claims[0]}).status_code == 422
    assert journeys() == ["printed"] * 3
    assert biller.post(f"{at}/spoiled", data={"claim": claims[0], "reason": "torn"}).status_code == 303
    assert biller.post(f"{at}/mailed", data={"claim": claims[1]}).status_code == 303
    assert journeys() == ["none", "sent", "printed"]
    assert biller.post(f"{at}/mailed", data={"all": "1"}).status_code == 303
    assert journeys() == ["none", "sent", "sent"]
    answer = biller.post(f"{at}/reprint", data={"unit": "claims", "first": "2", "last": "3"})
    assert answer.content_type == "application/pdf"
    assert answer.data.startswith(b"%PDF")
    for data in ({"unit": "pages", "first": "1", "last": "9"}, {"first": "x"}):
        assert biller.post(f"{at}/reprint", data=data).status_code == 422
    assert biller.post(f"{at}/reprint", data={"first": "1", "last": "1", "printer": "x"}).status_code == 404


def test_a_page_of_what_left_by_form_and_day(biller, practice) -> None:
    file = send_claims(practice.actor("biller"), [ready_claim(practice, "Calloway")]).submissions[0]
    stack = send_claims(practice.actor("biller"), [paper_claim(practice, "Moreau")]).submissions[0]
    names = {each: db.session.get_one(Submission, each).file_name for each in (file, stack)}
    for query, wanted in (
        ("", {file, stack}),
        ("form=837p", {file}),
        ("form=cms1500&since=2026-05-06", {stack}),
        ("since=2026-05-07", set()),
        ("until=2026-05-05", set()),
        ("until=2026-05-06&page=2", set()),
    ):
        page = biller.get(f"/submissions/?{query}").get_data(as_text=True)
        assert {each for each, name in names.items() if name in page} == wanted, query
    assert biller.get("/submissions/?since=13/13/2026").status_code == 422


def test_changed_bytes_are_refused_in_words(biller, practice) -> None:
    (made,) = send_claims(practice.actor("biller"), [ready_claim(practice)]).submissions
    db.session.query(Submission).update({"body": b"ISA"})
    db.session.commit()
    answer = biller.get(f"/submissions/{made}/file")
    assert answer.status_code == 422
    assert b"ISA" not in answer.data


def test_few_statements(biller, practice) -> None:
    db.session.add(Printer(practice_id=practice.row.id, name="Front desk"))
    db.session.commit()
    claims = [paper_claim(practice, f"Calloway{letter}") for letter in "ABCD"]
    (stack,) = send_claims(practice.actor("biller"), claims).submissions
    (file,) = send_claims(practice.actor("biller"), [ready_claim(practice, "Eze")]).submissions
    ready_claim(practice, "Moreau")
    for path in (
        "/submissions/",
        "/submissions/printed",
        f"/submissions/{stack}",
        f"/submissions/{file}",
        f"/submissions/{file}/file",
        "/claims/ready",
    ):
        with statements() as sent:
            assert biller.get(path).status_code == 200
        assert len(sent) <= MOST, (path, len(sent), sent)


def test_who_may_only_read_is_offered_no_act(client, practice) -> None:
    (stack,) = send_claims(practice.actor("biller"), [paper_claim(practice)]).submissions
    log_in(client, practice.actor("provider"), practice)
    page = client.get(f"/submissions/{stack}").get_data(as_text=True)
    assert ("/mailed" in page, "/reprint" in page) == (False, False)
    for act in ("mailed", "spoiled", "reprint"):
        assert client.post(f"/submissions/{stack}/{act}").status_code == 403
    assert client.get("/submissions/printed").status_code == 403
