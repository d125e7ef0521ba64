"""Claims that went before, from the database: what the desk warns of while a visit is coded again."""

from msgspec.structs import replace
from sqlalchemy import update

from billing.coding.changes import GiveReason, SetLine
from billing.domain.canonical import from_json
from billing.edits import Facts, check
from billing.edits.example import ExampleCodes
from billing.models import ClaimRecord, SubmittedClaim
from billing.services.change_claim import change_claim
from billing.services.claim_value import assemble, coding_of, load
from billing.services.earlier import earlier_claims
from billing.services.judging import judge
from billing.services.send_claims import send_claims
from clinic.base import db
from clinic.models import Patient
from tests.billing.services.steps import coded_claim, ready_claim
from tests.clinic.views.counting import statements
from tests.fixtures.house import log_in


def judged(practice, claim_id: int) -> dict[str, str]:
    """What the edits say of a claim now: code and field."""
    record = load(practice.actor("biller"), claim_id)
    found = judge(assemble(record).claim, coding_of(record)).findings
    return {finding.code: finding.field for finding in found}


def before(practice, claim_id: int) -> list[str]:
    record = load(practice.actor("biller"), claim_id)
    return [each.number for each in earlier_claims(coding_of(record))(assemble(record).claim)]


def test_a_visit_coded_twice_is_warned_of_once_the_first_is_held_and_after_it_left(practice) -> None:
    first = ready_claim(practice)
    patient = db.session.query(Patient).one()
    again = coded_claim(practice, patient=patient)
    assert judged(practice, again) == {"DUP-02": "acts[0].code"}
    assert "DUP-02" not in judged(practice, first), "the other one is not held"
    send_claims(practice.actor("biller"), [first])
    assert judged(practice, again) == {"DUP-02": "acts[0].code"}
    assert "DUP-02" not in judged(practice, first)


def test_two_claims_in_coding_do_not_know_each_other(practice) -> None:
    first = coded_claim(practice)
    assert before(practice, coded_claim(practice, patient=db.session.query(Patient).one())) == []
    assert before(practice, first) == []


def test_another_day_another_patient_and_what_was_given_up_are_not_before(practice) -> None:
    first = ready_claim(practice)
    again = coded_claim(practice, patient=db.session.query(Patient).one())
    other = coded_claim(practice, "Moreau")
    assert before(practice, other) == []
    assert len(before(practice, again)) == 1
    for changed in ({"journey": "withdrawn"}, {"journey": "none", "preparation": "coding"}):
        db.session.execute(update(ClaimRecord).where(ClaimRecord.id == first).values(**changed))
        db.session.commit()
        assert before(practice, again) == []


def test_another_charge_or_a_reason_lets_it_through(practice) -> None:
    ready_claim(practice)
    again = coded_claim(practice, patient=db.session.query(Patient).one())
    biller = practice.actor("biller")
    change_claim(biller, again, GiveReason("DUP-02", "acts[0].code", "Seen twice that day."))
    assert db.session.get_one(ClaimRecord, again).warnings == 0
    change_claim(biller, again, SetLine("1", "charge", {"cents": 199, "currency": "USD"}))
    assert judged(practice, again) == {}


def test_what_left_counts_as_it_left(practice) -> None:
    first = ready_claim(practice)
    again = coded_claim(practice, patient=db.session.query(Patient).one())
    send_claims(practice.actor("biller"), [first])
    record = load(practice.actor("biller"), again)
    with statements() as sent:
        found = earlier_claims(coding_of(record))(assemble(record).claim)
    kept = db.session.query(SubmittedClaim).one()
    assert found == (from_json(kept.snapshot),)
    assert sum("submitted_claim" in each for each in sent) == 1


def test_the_question_costs_one_statement(practice) -> None:
    ready_claim(practice)
    record = load(practice.actor("biller"), coded_claim(practice, patient=db.session.query(Patient).one()))
    claim, coding = assemble(record).claim, coding_of(record)
    facts = Facts(on=record.service_on, codes=ExampleCodes(), earlier=earlier_claims(coding))
    for again, each in ((True, claim), (False, replace(claim, frequency="7", replaces="1"))):
        with statements() as sent:
            assert ("DUP-02" in {finding.code for finding in check(each, facts)}) == again
        assert len(sent) == 1


def test_the_desk_tells_of_it_and_costs_few_statements(client, practice) -> None:
    ready_claim(practice)
    again = coded_claim(practice, patient=db.session.query(Patient).one())
    log_in(client, practice.actor("biller"), practice)
    with statements() as sent:
        text = client.get(f"/claims/{again}/code").get_data(as_text=True)
    assert "DUP-02" in text
    assert sum("submitted_claim" in each for each in sent) == 1
